import { expect, test } from "vitest";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { cup } from "./assistant.fixture.ts";
import { dataTemplateInstruction } from "./template-instruction.ts";

const write = (operation: "remove" | "add" | "replace", replacement = "", label = "cup") =>
  dataTemplateInstruction.run({ object: { ...cup, label } }, { operation, replacement }, plainRun);

test("writes AdvancedEdit's sentences", async () => {
  expect(await write("remove")).toEqual({
    instruction: "remove the cup",
    all: ["remove the cup"],
    object: "cup",
  });
  expect(await write("add", "", "acoustic_guitar")).toMatchObject({
    instruction: "add an acoustic guitar",
  });
  expect(await write("add", "", "scissors")).toMatchObject({ instruction: "add some scissors" });
  expect((await write("replace", "green bowl")).all).toEqual([
    "change the cup to green bowl",
    "replace the cup with green bowl",
  ]);
});

test.each([
  ["replace", "cup", "params.replacement"],
  ["remove", " ", "inputs.object"],
] as const)("%s needs its names", async (operation, label, path) => {
  await expect(
    shownBy(dataTemplateInstruction, () => write(operation, "", label)),
  ).rejects.toMatchObject({ code: "node.bad-input", at: { path } });
});
