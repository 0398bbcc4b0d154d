import { expect, test } from "vitest";
import { flat, plainRun } from "../plain-run.fixture.ts";
import { metricMsSsim } from "./ms-ssim.ts";

/** Upper rows that differ. */
const rows = 60;
const grey = flat(176, 176, 100, 100, 100);
const data = grey.data.map((value, at) => (at < 3 * rows * 176 ? 200 : value));
const changed = { ...grey, data };

const mask = {
  ...grey,
  data: Uint8Array.from({ length: 176 * 176 }, (_, at) => (at < rows * 176 ? 255 : 0)),
};

test("is one for equal pictures and less for others", async () => {
  const scoreOf = async (image: typeof grey): Promise<number> => {
    const inputs = { image, reference: grey };
    return (await metricMsSsim.run(inputs, { region: "outside" }, plainRun)).score;
  };
  expect(await scoreOf(grey)).toBeCloseTo(1, 12);
  expect(await scoreOf(changed)).toBeLessThan(1);
});

test("is nearer to one outside the change", async () => {
  const inputs = { image: changed, reference: grey, mask };
  const outside = await metricMsSsim.run(inputs, { region: "outside" }, plainRun);
  const all = await metricMsSsim.run(inputs, { region: "all" }, plainRun);
  expect(outside.score).toBeGreaterThan(all.score);
});
