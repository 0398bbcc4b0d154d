import { expect, test } from "vitest";
import { maskOf, maskRows, plainRun } from "../plain-run.fixture.ts";
import { maskThreshold } from "./threshold.ts";

test.each([
  [0, [255, 255, 255]],
  [128, [0, 255, 255]],
  [255, [0, 0, 255]],
])("decides at %d", async (level, row) => {
  const given = maskOf([0, 128, 255]);
  const { mask } = await maskThreshold.run({ mask: given }, { level }, plainRun);
  expect(maskRows(mask)).toEqual([row]);
  expect(maskRows(given)).toEqual([[0, 128, 255]]);
});
