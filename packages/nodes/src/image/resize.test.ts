import type { Picture } from "@insightgraph/editing/pictures";
import type { Settings } from "@insightgraph/engine/node";
import { describe, expect, test } from "vitest";
import { flat, grey, plainRun, redRows, shownBy } from "../plain-run.fixture.ts";
import { imageResize } from "./resize.ts";

type Wanted = Partial<Settings<typeof imageResize.params>>;

async function resize(image: Picture, wanted: Wanted, like?: Picture): Promise<Picture> {
  const params = { width: 0, height: 0, fit: "fill", kernel: "nearest", ...wanted } as const;
  const run = () => imageResize.run({ image, like }, params, plainRun);
  return (await shownBy(imageResize, run)).image;
}

describe("image.resize", () => {
  const pair = grey([0, 200]);

  test("doubles each pixel with the nearest kernel", async () => {
    expect(redRows(await resize(pair, { width: 4, height: 2 }))).toEqual([
      [0, 0, 200, 200],
      [0, 0, 200, 200],
    ]);
  });

  test("mixes neighbours with a smooth kernel", async () => {
    const wide = await resize(pair, { width: 4, height: 1, kernel: "linear" });
    expect(redRows(wide)).toEqual([[0, 50, 150, 200]]);
  });

  test.each([
    [{ width: 40, height: 40, fit: "fill" }, [40, 40]],
    [{ width: 40, height: 40, fit: "inside" }, [40, 20]],
    [{ width: 40, height: 40, fit: "cover" }, [40, 40]],
    [{ width: 50 }, [50, 25]],
    [{ height: 5 }, [10, 5]],
    [{ width: 1 }, [1, 1]],
  ] as const)("with %o gives %o", async (wanted, size) => {
    const { width, height, data } = await resize(flat(20, 10, 7, 8, 9), wanted);
    expect([width, height]).toEqual(size);
    expect(data.length).toBe(width * height * 3);
    expect([...data.subarray(0, 3)]).toEqual([7, 8, 9]);
  });

  test("crops the excess equally on both sides with cover", async () => {
    const strip = grey([10, 90, 90, 10]);
    const square = await resize(strip, { width: 2, height: 2, fit: "cover" });
    expect(redRows(square)).toEqual(redRows(await resize(grey([90, 90]), { width: 2, height: 2 })));
  });

  test("takes the size of another picture", async () => {
    const { width, height } = await resize(pair, { width: 9 }, flat(6, 5, 0, 0, 0));
    expect([width, height]).toEqual([6, 5]);
  });

  test("leaves a picture of that size alone", async () => {
    expect(await resize(pair, { width: 2, kernel: "lanczos3" })).toBe(pair);
  });

  test.each([
    [{}, "params.width", "width and height are both 0"],
    [{ width: 16_384, height: 16_384 }, "params.width", "over 100 megapixels"],
    [{ height: 16_384 }, "params.height", "over 100 megapixels"],
  ] as const)("refuses %o", async (wanted, path, what) => {
    await expect(resize(flat(20, 10, 0, 0, 0), wanted)).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path },
      what: expect.stringContaining(what),
    });
  });
});
