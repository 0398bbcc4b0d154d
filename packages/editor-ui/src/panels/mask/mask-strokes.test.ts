import { expect, test } from "vitest";
import { placeIn, turnSize } from "./mask-strokes.ts";

test("the wheel makes a brush larger and smaller, within bounds, and never stops before them", () => {
  expect(turnSize(20, -1, 400)).toBe(23);
  expect(turnSize(20, 1, 400)).toBe(17);
  expect(turnSize(1, 1, 400)).toBe(1);
  expect(turnSize(1, -1, 400)).toBe(2);
  expect(turnSize(400, -1, 400)).toBe(400);
  expect(turnSize(1, -1, 0.2)).toBe(1);
});

test("a drag is a box within the picture, whichever way it goes; a short one is a click", () => {
  const picture = { width: 300, height: 200 };
  expect(placeIn({ x: 40.4, y: 250 }, { x: -9, y: 20.6 }, picture)).toEqual([0, 21, 40, 200]);
  expect(placeIn({ x: 40.4, y: 50 }, { x: 42, y: 51 }, picture)).toEqual([40, 50]);
  expect(placeIn({ x: 300, y: -4 }, { x: 340, y: 90 }, picture)).toEqual([299, 0]);
});
