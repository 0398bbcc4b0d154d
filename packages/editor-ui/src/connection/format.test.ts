import { expect, test } from "vitest";
import { formatBytes, formatMs } from "./format.ts";

test("times read in the unit a person would use", () => {
  expect([0.4, 84.4, 999.4, 999.6, 1900, 59_949, 59_960, 125_000].map(formatMs)).toEqual([
    "0 ms",
    "84 ms",
    "999 ms",
    "1.0 s",
    "1.9 s",
    "59.9 s",
    "1 min 0 s",
    "2 min 5 s",
  ]);
});

test("sizes read in the unit a person would use", () => {
  const sizes = [0, 9.84e6, 212e6, 999.9e6, 1.23e9, 68e9];
  const texts = ["0.0 MB", "9.8 MB", "212 MB", "1000 MB", "1.2 GB", "68 GB"];
  expect(sizes.map(formatBytes)).toEqual(texts);
});
