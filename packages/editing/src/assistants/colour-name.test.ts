import { expect, test } from "vitest";
import { colourName } from "./colour-name.ts";

test.each([
  ["#000000", "black"],
  ["#202024", "black"],
  ["#808080", "grey"],
  ["#f5f5f5", "white"],
  ["#d01c1c", "red"],
  ["#8b1a1a", "red"],
  ["#ff8c1a", "orange"],
  ["#f2d21b", "yellow"],
  ["#7b4a24", "brown"],
  ["#2e8b3a", "green"],
  ["#9acd32", "green"],
  ["#1e5fd0", "blue"],
  ["#87ceeb", "blue"],
  ["#7d3cb5", "purple"],
  ["#ee6fa8", "pink"],
])("%s is %s", (hex, name) => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    Number.parseInt(hex.slice(at, at + 2), 16),
  );
  expect(colourName(red, green, blue)).toBe(name);
});
