import { expect, test } from "vitest";
import { createRestarts } from "./restarts.ts";

test("the first restart is immediate, further ones wait longer each time, up to a limit", () => {
  let nowMs = 0;
  const restarts = createRestarts(() => nowMs);
  const delays: number[] = [];
  for (let death = 0; death < 10; death++) {
    restarts.note();
    delays.push(restarts.delayMs());
  }
  expect(delays).toEqual([0, 100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
  nowMs += 10_000;
  expect(restarts.delayMs()).toBe(0);
});

test("deaths of more than a minute ago are forgotten", () => {
  let nowMs = 0;
  const restarts = createRestarts(() => nowMs);
  restarts.note();
  nowMs += 60_001;
  restarts.note();
  expect(restarts.delayMs()).toBe(0);
});
