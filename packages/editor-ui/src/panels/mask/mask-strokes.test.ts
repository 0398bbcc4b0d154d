import { expect, test } from "vitest";
import { turnSize } from "./mask-strokes.ts";

test("the wheel makes a brush larger and smaller, within bounds, and never stops before them", () => {
  expect(turnSize(20, -1, 400)).toBe(23);
  expect(turnSize(20, 1, 400)).toBe(17);
  expect(turnSize(1, 1, 400)).toBe(1);
  expect(turnSize(1, -1, 400)).toBe(2);
  expect(turnSize(400, -1, 400)).toBe(400);
  expect(turnSize(1, -1, 0.2)).toBe(1);
});
