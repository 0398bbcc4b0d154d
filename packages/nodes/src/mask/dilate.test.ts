import type { Mask } from "@insightgraph/editing/pictures";
import { describe, expect, test } from "vitest";
import { maskOf, maskRows, plainRun } from "../plain-run.fixture.ts";
import { maskDilate } from "./dilate.ts";

async function dilate(mask: Mask, radius: number): Promise<Mask> {
  return (await maskDilate.run({ mask }, { radius }, plainRun)).mask;
}

/** By the definition, pixel by pixel. */
function dilateSlowly({ width, height, data }: Mask, radius: number): Mask {
  const highest = (at: number): number => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const near = [...data].filter(
      (_, from) => Math.hypot((from % width) - x, Math.floor(from / width) - y) <= radius,
    );
    return Math.max(...near);
  };
  return { width, height, data: data.map((_, at) => highest(at)) };
}

describe("mask.dilate", () => {
  test("grows a point into a disc", async () => {
    const point = maskOf([0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 9, 0, 0], [0, 0, 0, 0, 0]);
    expect(maskRows(await dilate(point, 2))).toEqual([
      [0, 0, 9, 0, 0],
      [0, 9, 9, 9, 0],
      [9, 9, 9, 9, 9],
      [0, 9, 9, 9, 0],
    ]);
  });

  test.each([0, 1, 2, 3, 5, 12])("gives what the definition gives at radius %d", async (radius) => {
    const data = Uint8Array.from({ length: 13 * 9 }, (_, at) =>
      (at * 31) % 11 === 0 ? (at * 97) % 256 : 0,
    );
    const mask = { width: 13, height: 9, data };
    expect(await dilate(mask, radius)).toEqual(dilateSlowly(mask, radius));
  });

  test("stops when it is cancelled", async () => {
    const mask = { width: 4, height: 200, data: new Uint8Array(800).fill(255) };
    const context = { ...plainRun, signal: AbortSignal.abort() };
    await expect(async () => maskDilate.run({ mask }, { radius: 1 }, context)).rejects.toThrow();
  });
});
