import { expect, test } from "vitest";
import type { Picture } from "../pictures/picture.ts";
import { structuralSimilarity } from "./structural-similarity.ts";

const side = 32;
const paint = (value: (x: number, y: number) => number): Picture => ({
  width: side,
  height: side,
  channels: 3,
  data: Uint8Array.from({ length: side * side * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return value(pixel % side, Math.floor(pixel / side));
  }),
});
const waves = (x: number, y: number): number => 128 + 60 * Math.sin(x / 2) * Math.cos(y / 3);
const leftHalf = Uint8Array.from({ length: side * side }, (_, at) => (at % side < 16 ? 1 : 0));

test("is one for equal pictures, on either side of a mask", () => {
  const map = structuralSimilarity(paint(waves), paint(waves));
  expect(map.mean({ mask: leftHalf, side: "inside" })).toBeCloseTo(1, 6);
  expect(map.mean({ mask: leftHalf, side: "outside" })).toBeCloseTo(1, 6);
});

test("falls where the structure changed and stays where it did not", () => {
  const changed = paint((x, y) => (x < 10 ? waves(y * 3, x * 5) : waves(x, y)));
  const map = structuralSimilarity(paint(waves), changed);
  expect(map.mean({ mask: leftHalf, side: "inside" })).toBeLessThan(0.7);
  expect(map.mean({ mask: leftHalf, side: "outside" })).toBeCloseTo(1, 6);
});

test("is NaN for an empty region", () => {
  const map = structuralSimilarity(paint(waves), paint(waves));
  expect(map.mean({ mask: new Uint8Array(side * side), side: "inside" })).toBeNaN();
});
