import { expect, test } from "vitest";
import { compareVariants, type VariantScores } from "./compare-variants.ts";

const options = { samples: 1000, seed: 1 };
const scoresOf = (variant: string, success: number[], psnr: number[]): VariantScores => {
  return { variant, scores: new Map(Object.entries({ success, psnr })) };
};
const full = scoresOf("full", [1, 1, 1, 1, 1, 1], [20, 21, 22, 23, 24, 25]);
const without = scoresOf("without", [0, 0, 0, 0, 0, 1], [18, 18.5, 19, 19.5, 20, Number.NaN]);

test("compares every variant with the first, successes by McNemar's test", () => {
  const cells = compareVariants([full, without], options);
  expect(cells.map(({ variant, metric }) => `${variant} ${metric}`)).toEqual([
    "full success",
    "full psnr",
    "without success",
    "without psnr",
  ]);
  expect(cells[0]?.difference).toBeUndefined();
  expect(cells[2]?.difference).toMatchObject({ test: "mcnemar", pairs: 6, pValue: 2 / 32 });
  expect(cells[3]?.difference).toMatchObject({ test: "wilcoxon", pairs: 5, dropped: 1 });
  expect(cells[3]?.difference?.mean).toBeCloseTo(-3, 12);
  expect(cells[3]?.summary).toMatchObject({ count: 5, holes: 1 });
});

test("corrects the p-values of the whole table", () => {
  const cells = compareVariants([full, without], options);
  expect(cells.slice(2).map(({ difference }) => difference?.correctedPValue)).toEqual([
    4 / 32,
    4 / 32,
  ]);
});

test("leaves marked holes for a metric that a variant lacks", () => {
  const lone = { variant: "lone", scores: new Map([["success", [1, 1, 1, 1, 1, 0]]]) };
  const [, , , psnr] = compareVariants([full, lone], options);
  expect(psnr).toMatchObject({ metric: "psnr", summary: { count: 0, holes: 6 } });
  expect(psnr?.difference?.pValue).toBeNaN();
});
