import { expect, test } from "vitest";
import { formatMs } from "./format.ts";

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
