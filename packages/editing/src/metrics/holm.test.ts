import { expect, test } from "vitest";
import { holm } from "./holm.ts";

test("multiplies by the comparisons that are left, and never falls", () => {
  // 0.005 * 4, 0.01 * 3, 0.03 * 2, then 0.04 * 1 would be less than 0.06.
  const corrected = [0.03, 0.06, 0.06, Number.NaN, 0.02];
  expect(holm([0.01, 0.04, 0.03, Number.NaN, 0.005])).toEqual(corrected);
});

test("stops at 1", () => {
  expect(holm([0.6, 0.9])).toEqual([1, 1]);
});
