import type { Mask } from "@insightgraph/editing/pictures";
import { expect, test } from "vitest";
import { flat, maskOf, maskRows, plainRun } from "../plain-run.fixture.ts";
import { maskResize } from "./resize.ts";

async function stretch(mask: Mask, width: number, height: number): Promise<number[][]> {
  const like = flat(width, height, 0, 0, 0);
  return maskRows((await maskResize.run({ mask, like }, {}, plainRun)).mask);
}

test("takes the picture's size, with soft edges between", async () => {
  expect(await stretch(maskOf([0, 200]), 4, 2)).toEqual([
    [0, 50, 150, 200],
    [0, 50, 150, 200],
  ]);
  expect(await stretch(maskOf([0, 100], [100, 200]), 1, 1)).toEqual([[100]]);
});

test("leaves a mask of that size as it is", async () => {
  expect(await stretch(maskOf([1, 2], [3, 4]), 2, 2)).toEqual([
    [1, 2],
    [3, 4],
  ]);
});
