import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  l1,
  l2,
  type Metric,
  measureIou,
  msSsim,
  psnr,
  ssim,
} from "../../packages/editing/src/metrics.ts";
import type { Mask } from "../../packages/editing/src/pictures.ts";
import { picturePairs } from "./metric-pictures.ts";
import { relativeError } from "./read-fixture.ts";

const file = new URL("../fixtures/parity/metrics/pixels.json", import.meta.url);
const { scores } = JSON.parse(await readFile(file, "utf8"));
const pairs = [...(await picturePairs())];

/** Both sides compute in double precision, but for torchmetrics' exponents of MS-SSIM and its IoU. */
const limits = { PSNR: 1e-12, SSIM: 1e-10, "MS-SSIM": 1e-7, L1: 1e-12, L2: 1e-12, IoU: 1e-6 };
const metrics: readonly Metric[] = [psnr, ssim, msSsim, l1, l2];

function expectNear(found: number, wanted: number, name: string): void {
  expect(relativeError([found], [wanted])).toBeLessThan(limits[name as keyof typeof limits]);
}

/** The mask as numpy.roll moves it: 20 columns to the right. */
function rolled({ width, height, data }: Mask): Mask {
  const moved = data.map((_, at) => {
    const x = at % width;
    return data[at - x + ((x - 20 + width) % width)] ?? 0;
  });
  return { width, height, data: moved };
}

describe.each(pairs)("pictures with %s", (name, { picture, reference, disc }) => {
  test.each(metrics)("score the $name of scikit-image or torchmetrics", (metric) => {
    expectNear(metric.measure(picture, reference), scores[name].all[metric.name], metric.name);
  });

  const regional = metrics.filter((metric) => metric !== msSsim);
  test.each(regional)("score the same $name on either side of a mask", (metric) => {
    for (const side of ["inside", "outside"] as const) {
      const found = metric.measure(picture, reference, { mask: disc, side });
      expectNear(found, scores[name][side][metric.name], metric.name);
    }
  });

  test("have masks of the same IoU", () => {
    expectNear(measureIou(disc, rolled(disc)), scores[name].IoU, "IoU");
  });
});
