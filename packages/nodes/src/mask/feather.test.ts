import { expect, test } from "vitest";
import { maskOf, maskRows, plainRun } from "../plain-run.fixture.ts";
import { maskFeather } from "./feather.ts";

const half = maskOf(
  ...Array.from({ length: 40 }, () => [...Array(20).fill(0), ...Array(20).fill(255)]),
);

/** Of a step edge blurred by a Gaussian: the normal distribution at x, by Simpson's rule. */
function normal(x: number): number {
  const steps = 200;
  const density = (t: number): number => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const a = (x * i) / steps;
    const b = (x * (i + 1)) / steps;
    sum += ((b - a) / 6) * (density(a) + 4 * density((a + b) / 2) + density(b));
  }
  return 0.5 + sum;
}

test("turns a hard edge into the integral of the Gaussian", async () => {
  const sigma = 3;
  const { mask } = await maskFeather.run({ mask: half }, { sigma }, plainRun);
  expect([mask.width, mask.height, mask.data.length]).toEqual([40, 40, 1600]);
  const row = maskRows(mask)[20] ?? [];
  for (const [x, value] of row.entries()) {
    // The filter's own tail is cut at 1 % of its peak.
    expect(Math.abs(value - 255 * normal((x - 19.5) / sigma))).toBeLessThan(4);
  }
});

test.each([0, 0.2])("leaves the mask alone at sigma %d", async (sigma) => {
  expect((await maskFeather.run({ mask: half }, { sigma }, plainRun)).mask).toBe(half);
});
