import { expect, test } from "vitest";
import { columnRuns } from "./run-lengths.ts";

test("runs are read down the columns, and go on at the top of the next one", () => {
  // . # #
  // . # .
  const text = JSON.stringify({ size: [2, 3], counts: [2, 3, 1] });
  expect(columnRuns(text)).toEqual({
    width: 3,
    height: 2,
    runs: [
      { x: 1, y: 0, height: 2 },
      { x: 2, y: 0, height: 1 },
    ],
  });
});

test("a text that was cut is none", () => {
  expect(columnRuns('{"size":[2,3],"counts":[2,…')).toBeUndefined();
});
