import { expect, test } from "vitest";
import { parseNumber } from "./parse-number.ts";

test("a number may be typed in any usual way", () => {
  const typed = ["3", " 3.5 ", "3,5", "-2", ".5", "1e-3", "4."];
  expect(typed.map((text) => parseNumber(text, { kind: "number" }))).toEqual([
    3, 3.5, 3.5, -2, 0.5, 0.001, 4,
  ]);
});

test("what is no number, out of bounds or no whole number is not taken", () => {
  for (const text of ["", "-", "x", "1e999", "0x10", "Infinity", "1 2"]) {
    expect(parseNumber(text, { kind: "number" })).toBeUndefined();
  }
  expect(parseNumber("2.5", { kind: "integer" })).toBeUndefined();
  expect(parseNumber("201", { kind: "integer", min: 1, max: 200 })).toBeUndefined();
  expect(parseNumber("0", { kind: "integer", min: 1, max: 200 })).toBeUndefined();
});
