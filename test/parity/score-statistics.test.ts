import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { bootstrapMean } from "../../packages/editing/src/metrics/bootstrap-mean.ts";
import { mcnemar } from "../../packages/editing/src/metrics/mcnemar.ts";
import { normalTail } from "../../packages/editing/src/metrics/normal-tail.ts";
import { wilcoxonSignedRank } from "../../packages/editing/src/metrics/wilcoxon-signed-rank.ts";
import { relativeError } from "./read-fixture.ts";

const file = new URL("../fixtures/parity/metrics/statistics.json", import.meta.url);
const { wilcoxon, mcnemar: mcnemars, bootstrap, tails } = JSON.parse(await readFile(file, "utf8"));

// Double precision on both sides.
const limit = 1e-11;

test.each(Object.keys(wilcoxon))("Wilcoxon's signed-rank test, %s", (name) => {
  const { differences, pValue } = wilcoxon[name];
  expect(relativeError([wilcoxonSignedRank(differences)], [pValue])).toBeLessThan(limit);
});

test.each<Readonly<Record<string, number>>>(mcnemars)(
  "McNemar's exact test, $gains against $losses",
  (one) => {
    const { gains, losses, pValue } = one;
    const differences = [...Array(gains).fill(1), ...Array(losses).fill(-1), 0, 0];
    expect(relativeError([mcnemar(differences)], [pValue ?? 0])).toBeLessThan(limit);
  },
);

test.each<Readonly<Record<string, number>>>(tails)("the normal tail above $z", (one) => {
  const { z = 0, tail = 0 } = one;
  expect(relativeError([normalTail(z)], [tail])).toBeLessThan(limit);
});

// The draws differ: an end of the interval wanders by some hundredths of its width.
test.each(Object.keys(bootstrap))("the bootstrap's interval of %s values", (name) => {
  const { values, mean, low, high } = bootstrap[name];
  const found = bootstrapMean(values, { samples: 100_000, seed: 1 });
  expect(found.mean).toBeCloseTo(mean, 12);
  expect(Math.abs(found.low - low)).toBeLessThan(0.02 * (high - low));
  expect(Math.abs(found.high - high)).toBeLessThan(0.02 * (high - low));
});
