import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { metricSummary } from "./summary.ts";

const settings = { samples: 1000, seed: 1 };

test("gives the mean inside its interval, and counts what is missing", async () => {
  const scores = [20, Number.NaN, 24];
  const found = await metricSummary.run({ scores }, settings, plainRun);
  expect(found).toMatchObject({ mean: 22, count: 2, holes: 1, low: 20, high: 24 });
  expect(found.text).toBe("22 (20 to 24), n = 2, 1 missing");
});

test("is the same for the same seed, and another for another", async () => {
  const scores = Array.from({ length: 30 }, (_, at) => Math.sin(at));
  const low = async (seed: number): Promise<number> =>
    (await metricSummary.run({ scores }, { ...settings, seed }, plainRun)).low;
  expect(await low(1)).toBe(await low(1));
  expect(await low(2)).not.toBe(await low(1));
});

test("knows no mean of nothing", async () => {
  const found = await metricSummary.run({ scores: [Number.NaN] }, settings, plainRun);
  expect(found).toMatchObject({ mean: Number.NaN, low: Number.NaN, count: 0, holes: 1 });
});

test("refuses an infinite score", () => {
  const scores = [1, Number.POSITIVE_INFINITY];
  expect(() => metricSummary.run({ scores }, settings, plainRun)).toThrow(
    "argument.unfit at scores: score 2 of 2 is infinite",
  );
});
