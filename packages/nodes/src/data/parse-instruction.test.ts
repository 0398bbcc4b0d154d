import { expect, test } from "vitest";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { dataParseInstruction } from "./parse-instruction.ts";

const parse = (instruction: string) => dataParseInstruction.run({}, { instruction }, plainRun);

test("numbers operations in the order that graphs switch by", async () => {
  expect(await parse("remove the puppies")).toMatchObject({
    operation: 0,
    kind: "puppies",
    all: true,
  });
  expect(await parse("make the car blue")).toMatchObject({ operation: 1, colour: "#1e5fd0" });
  expect(await parse("blur the background")).toMatchObject({ operation: 2, background: "blur" });
});

test("shows what is not understood at its param", async () => {
  await expect(shownBy(dataParseInstruction, () => parse("sing a song"))).rejects.toMatchObject({
    code: "node.bad-input",
    at: { path: "params.instruction" },
  });
});
