import { expect, test } from "vitest";
import { overlaps } from "./boxes.ts";
import { freeSpot } from "./free-spot.ts";

const size = { width: 200, height: 100 };
const sight = { x: -2000, y: -2000, width: 4000, height: 4000 };

test("a free place is taken as it is", () => {
  expect(freeSpot([], { x: 5, y: 7 }, size, sight)).toEqual({ x: 5, y: 7 });
});

test("a taken one gives way to the nearest that is free", () => {
  const taken = { x: 0, y: 0, ...size };
  const spot = freeSpot([taken], { x: 0, y: 60 }, size, sight);
  expect(overlaps(taken, { ...spot, ...size })).toBe(false);
  expect(spot).toEqual({ x: 0, y: 156 });
});

test("where there is no room within reach, things overlap", () => {
  const everything = { x: -1e5, y: -1e5, width: 2e5, height: 2e5 };
  expect(freeSpot([everything], { x: 1, y: 2 }, size, sight)).toEqual({ x: 1, y: 2 });
});

test("nothing is placed out of sight", () => {
  const taken = { x: 0, y: 0, ...size };
  const narrow = { x: 0, y: -300, width: 200, height: 420 };
  expect(freeSpot([taken], { x: 0, y: 0 }, size, narrow)).toEqual({ x: 0, y: -144 });
});
