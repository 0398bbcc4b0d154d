import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { numberCompare } from "./compare.ts";

test.each([
  ["less", [true, false, false]],
  ["at-most", [true, true, false]],
  ["equal", [false, true, false]],
  ["at-least", [false, true, true]],
  ["greater", [false, false, true]],
] as const)("finds what is %s", async (relation, wanted) => {
  const found = [1, 2, 3].map((a) => numberCompare.run({ a, b: 2 }, { relation }, plainRun));
  expect(await Promise.all(found)).toEqual(wanted.map((boolean) => ({ boolean })));
});
