import { expect, test } from "vitest";
import { parseColour } from "./parse-colour.ts";

test.each([
  ["#ffffff", [255, 255, 255]],
  ["#0a0B10", [10, 11, 16]],
  ["#f08", [255, 0, 136]],
  [" 102030 ", [16, 32, 48]],
])("reads %s", (text, colour) => {
  expect(parseColour(text, "colour")).toEqual(colour);
});

test.each(["", "#", "white", "#ff", "#fffffff", "#gggggg"])("refuses %j", (text) => {
  expect(() => parseColour(text, "colour")).toThrow("is not a colour");
});
