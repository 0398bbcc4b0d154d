import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { metricPairedTest } from "./paired-test.ts";

const settings = { test: "wilcoxon", samples: 1000, seed: 1 } as const;

test("finds a shift that every item shares, and drops items that lack a score", async () => {
  const baseline = [1, 2, 3, 4, 5, 6, 7, 8, Number.NaN];
  const scores = [1.5, 2.6, 3.7, 4.8, 5.9, 7, 8.1, 9.2, 3];
  const found = await metricPairedTest.run({ scores, baseline }, settings, plainRun);
  expect(found).toMatchObject({ pairs: 8, dropped: 1 });
  expect(found.difference).toBeCloseTo(0.85, 12);
  expect(found.low).toBeGreaterThan(0.5);
  expect(found.high).toBeLessThan(1.2);
  // All eight differences have one sign: 2 of 2^8 choices of signs.
  expect(found.pValue).toBeCloseTo(2 / 256, 12);
  expect(found.text).toMatch(/^0\.85 \(0\.\d+ to .*\), p = 0\.007813, n = 8, 1 dropped$/);
});

test("gives 1 for a variant that is its baseline", async () => {
  const scores = [1, 2, 3];
  const found = await metricPairedTest.run({ scores, baseline: scores }, settings, plainRun);
  expect(found).toMatchObject({ difference: 0, pValue: 1 });
});

test("compares successes by those that differ", async () => {
  const scores = [1, 1, 1, 1, 1, 0, 1];
  const baseline = [0, 0, 0, 0, 0, 0, 1];
  const mcnemar = { ...settings, test: "mcnemar" } as const;
  const found = await metricPairedTest.run({ scores, baseline }, mcnemar, plainRun);
  expect(found.pValue).toBeCloseTo(2 / 32, 12);
});

test.each([
  [[1, 2], [1], "wilcoxon", "argument.unfit at baseline: it has 1 scores instead of 2."],
  [[1, 0.5], [1, 0], "mcnemar", "argument.unfit at scores: score 2 is 0.5"],
  [[1], [Number.NEGATIVE_INFINITY], "wilcoxon", "argument.unfit at baseline: score 1 of 1"],
] as const)("refuses %j against %j by %s", (scores, baseline, name, what) => {
  const run = () =>
    metricPairedTest.run({ scores, baseline }, { ...settings, test: name }, plainRun);
  expect(run).toThrow(what);
});
