import { expect, test } from "vitest";
import { overlaps } from "./boxes.ts";
import { freeSpot } from "./free-spot.ts";

const size = { width: 200, height: 100 };

test("a free place is taken as it is", () => {
  expect(freeSpot([], { x: 5, y: 7 }, size)).toEqual({ x: 5, y: 7 });
});

test("a taken one gives way to the nearest that is free", () => {
  const taken = { x: 0, y: 0, ...size };
  const spot = freeSpot([taken], { x: 0, y: 60 }, size);
  expect(overlaps(taken, { ...spot, ...size })).toBe(false);
  expect(spot).toEqual({ x: 0, y: 156 });
});

test("where there is no room within reach, things overlap", () => {
  const everything = { x: -1e5, y: -1e5, width: 2e5, height: 2e5 };
  expect(freeSpot([everything], { x: 1, y: 2 }, size)).toEqual({ x: 1, y: 2 });
});
