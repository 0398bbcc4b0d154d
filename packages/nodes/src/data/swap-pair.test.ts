import { expect, test } from "vitest";
import { flat, maskOf, plainRun, shownBy } from "../plain-run.fixture.ts";
import { cup, picture } from "./assistant.fixture.ts";
import { dataSwapPair } from "./swap-pair.ts";

const target = flat(40, 30, 1, 2, 3);
const mask = maskOf([255]);
const inputs = { image: picture, targets: [target], masks: [mask], objects: [cup] };
const params = { operation: "remove", order: "both ways" } as const;

test("gives each removal and the addition that it is backwards", async () => {
  const pairs = await dataSwapPair.run(inputs, params, plainRun);
  expect(pairs).toEqual({
    source: [picture, target],
    target: [target, picture],
    mask: [mask, mask],
    object: [cup, cup],
    operation: ["remove", "add"],
    replacement: ["", ""],
  });
  const { operation } = await dataSwapPair.run(inputs, { ...params, order: "backwards" }, plainRun);
  expect(operation).toEqual(["add"]);
});

test("replacements go both ways, each with its own name", async () => {
  const given = { ...inputs, replacements: ["bowl"] };
  const pairs = await dataSwapPair.run(given, { ...params, operation: "replace" }, plainRun);
  expect(pairs.operation).toEqual(["replace", "replace"]);
  expect(pairs.object.map(({ label }) => label)).toEqual(["cup", "bowl"]);
  expect(pairs.replacement).toEqual(["bowl", "cup"]);
});

test("refuses lists of different edits", async () => {
  await expect(
    shownBy(dataSwapPair, () => dataSwapPair.run({ ...inputs, masks: [] }, params, plainRun)),
  ).rejects.toMatchObject({ code: "node.bad-input", at: { path: "inputs.targets" } });
});
