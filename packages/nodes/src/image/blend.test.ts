import type { Mask, Picture } from "@insightgraph/editing/pictures";
import { describe, expect, test } from "vitest";
import { flat, grey, maskOf, plainRun, redRows, shownBy } from "../plain-run.fixture.ts";
import { imageBlend } from "./blend.ts";

type Mode = Parameters<typeof imageBlend.run>[1]["mode"];

async function blend(
  inputs: { readonly base: Picture; readonly top: Picture; readonly mask?: Mask },
  opacity = 1,
  mode: Mode = "normal",
): Promise<number[][]> {
  const run = () => imageBlend.run(inputs, { opacity, mode }, plainRun);
  return redRows((await shownBy(imageBlend, run)).image);
}

const base = grey([100, 100, 100]);
const top = grey([200, 200, 0]);

describe("image.blend", () => {
  test("shows the upper picture by its opacity", async () => {
    expect(await blend({ base, top })).toEqual([[200, 200, 0]]);
    expect(await blend({ base, top }, 0.25)).toEqual([[125, 125, 75]]);
    expect(await blend({ base, top }, 0)).toEqual([[100, 100, 100]]);
  });

  test("shows it only where the mask is white", async () => {
    const mask = maskOf([0, 255, 51]);
    expect(await blend({ base, top, mask })).toEqual([[100, 200, 80]]);
    expect(await blend({ base, top, mask }, 0.5)).toEqual([[100, 150, 90]]);
  });

  test.each([
    ["multiply", [78, 78, 0]],
    ["screen", [222, 222, 100]],
    ["darken", [100, 100, 0]],
    ["lighten", [200, 200, 100]],
    ["difference", [100, 100, 100]],
  ] as const)("in %s mode gives %o", async (mode, row) => {
    expect(await blend({ base, top }, 1, mode)).toEqual([row]);
  });

  test("refuses sizes that differ, and says what to do", async () => {
    await expect(blend({ base, top: flat(3, 2, 0, 0, 0) })).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "inputs.top" },
      what: "the top has 3 x 2 pixels, but the base has 3 x 1 pixels",
      hint: expect.stringContaining("image.resize"),
    });
    await expect(blend({ base, top, mask: maskOf([1]) })).rejects.toMatchObject({
      at: { path: "inputs.mask" },
      hint: expect.stringContaining("mask.resize"),
    });
  });
});
