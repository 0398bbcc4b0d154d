import { describe, expect, test } from "vitest";
import { grey, plainRun, redRows } from "../plain-run.fixture.ts";
import { imageCrop } from "./crop.ts";

const picture = grey([1, 2, 3], [4, 5, 6]);

async function crop(left: number, top: number, width: number, height: number): Promise<number[][]> {
  const params = { left, top, width, height };
  return redRows((await imageCrop.run({ image: picture }, params, plainRun)).image);
}

describe("image.crop", () => {
  test("cuts a rectangle", async () => {
    expect(await crop(1, 0, 1, 2)).toEqual([[2], [5]]);
  });

  test("reaches to the edges where no size is given", async () => {
    expect(await crop(1, 1, 0, 0)).toEqual([[5, 6]]);
    expect(await crop(0, 0, 0, 0)).toEqual(redRows(picture));
  });

  test.each([
    [[3, 0, 1, 1], "params.left", "Use at most 2."],
    [[0, 2, 1, 1], "params.top", "Use at most 1."],
    [[1, 0, 3, 1], "params.width", "Use at most 2, or 0 to extend to the edge."],
    [[0, 1, 1, 2], "params.height", "Use at most 1, or 0 to extend to the edge."],
  ] as const)("refuses %o", async ([left, top, width, height], path, hint) => {
    await expect(crop(left, top, width, height)).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path },
      what: expect.stringContaining("3 x 2 pixels"),
      hint,
    });
  });
});
