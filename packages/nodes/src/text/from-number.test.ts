import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { textFromNumber } from "./from-number.ts";

test.each([
  [0.1, -1, "0.1"],
  [7, -1, "7"],
  [7, 2, "7.00"],
  [2.25, 0, "2"],
])("writes %d with %i decimals", async (number, decimals, text) => {
  expect(await textFromNumber.run({ number }, { decimals }, plainRun)).toEqual({ text });
});
