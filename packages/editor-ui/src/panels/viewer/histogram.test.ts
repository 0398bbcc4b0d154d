import { expect, test } from "vitest";
import { countValues, histogramPath, toHex } from "./histogram.ts";

test("values are counted by channel, transparent pixels left out", () => {
  const { red, green, blue } = countValues([255, 0, 7, 255, 255, 1, 7, 128, 9, 9, 9, 0]);
  expect([red[255], red[9], green[0], green[1], blue[7]]).toEqual([2, 0, 1, 1, 2]);
  expect(red.reduce((sum, count) => sum + count)).toBe(2);
});

test("the highest column reaches the top", () => {
  const path = histogramPath([4, 0, 1, ...new Array<number>(253).fill(0)], 40);
  expect(path.startsWith("M0 40L0 0.0L1 40.0L2 20.0")).toBe(true);
  expect(path.endsWith("L255 40Z")).toBe(true);
});

test("a colour is written as hex", () => {
  expect(toHex([255, 0, 10, 255])).toBe("#ff000a");
});
