import { expect, test } from "vitest";
import { leftHalf, sideBySide } from "./side-by-side.ts";

test("rows alternate, and the left half is what stood there", () => {
  const left = Float32Array.of(1, 2, 3, 4);
  const both = sideBySide(left, Float32Array.of(5, 6, 7, 8), 2);
  expect([...both]).toEqual([1, 2, 5, 6, 3, 4, 7, 8]);
  expect(leftHalf(both, 2)).toEqual(left);
});
