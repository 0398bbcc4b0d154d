import { expect, test } from "vitest";
import { nearestBox } from "./nearest-box.ts";

const box = (x: number, y: number) => ({ x, y, width: 100, height: 50 });
const boxes = new Map([
  ["a", box(0, 0)],
  ["b", box(200, 10)],
  ["c", box(150, 300)],
  ["d", box(0, 200)],
]);

test("the nearest one straight ahead is found, in each direction", () => {
  expect(nearestBox(boxes, "a", "right")).toBe("b");
  expect(nearestBox(boxes, "a", "down")).toBe("d");
  expect(nearestBox(boxes, "b", "left")).toBe("a");
  expect(nearestBox(boxes, "d", "up")).toBe("a");
});

test("where nothing lies that way, nothing is found", () => {
  expect(nearestBox(boxes, "a", "left")).toBeUndefined();
  expect(nearestBox(boxes, "none", "left")).toBeUndefined();
});
