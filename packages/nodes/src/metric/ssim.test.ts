import { expect, test } from "vitest";
import { flat, plainRun } from "../plain-run.fixture.ts";
import { metricSsim } from "./ssim.ts";

/** Upper rows that differ. */
const rows = 20;
const grey = flat(64, 64, 100, 100, 100);
const data = grey.data.map((value, at) => (at < 3 * rows * 64 ? 200 : value));
const changed = { ...grey, data };

const mask = {
  ...grey,
  data: Uint8Array.from({ length: 64 * 64 }, (_, at) => (at < rows * 64 ? 255 : 0)),
};

test("is one for equal pictures and less for others", async () => {
  const scoreOf = async (image: typeof grey): Promise<number> => {
    const inputs = { image, reference: grey };
    return (await metricSsim.run(inputs, { region: "outside" }, plainRun)).score;
  };
  expect(await scoreOf(grey)).toBeCloseTo(1, 12);
  expect(await scoreOf(changed)).toBeLessThan(1);
});

test("is nearer to one outside the change", async () => {
  const inputs = { image: changed, reference: grey, mask };
  const outside = await metricSsim.run(inputs, { region: "outside" }, plainRun);
  const all = await metricSsim.run(inputs, { region: "all" }, plainRun);
  expect(outside.score).toBeGreaterThan(all.score);
});
