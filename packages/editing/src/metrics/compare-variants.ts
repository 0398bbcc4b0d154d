import type { BootstrapOptions } from "./bootstrap-mean.ts";
import { comparePaired, type PairedComparison, type PairedTest } from "./compare-paired.ts";
import { holm } from "./holm.ts";
import { type ScoreSummary, summarizeScores } from "./summarize-scores.ts";

/** The scores of one variant on the same items as every other, by metric. */
export interface VariantScores {
  readonly variant: string;
  readonly scores: ReadonlyMap<string, readonly number[]>;
}

/** A variant's difference to the baseline. */
export interface Difference extends PairedComparison {
  readonly test: PairedTest;
  /** The p-value after Holm's correction for all differences of the table. */
  readonly correctedPValue: number;
}

/** One variant by one metric. */
export interface VariantCell {
  readonly variant: string;
  readonly metric: string;
  readonly summary: ScoreSummary;
  /** Undefined for the baseline. */
  readonly difference: Difference | undefined;
}

/** Successes and failures are compared by McNemar's test, other scores by Wilcoxon's. */
function testFor(...lists: readonly (readonly number[])[]): PairedTest {
  const isShare = (score: number): boolean => score === 0 || score === 1 || Number.isNaN(score);
  return lists.every((scores) => scores.every(isShare)) ? "mcnemar" : "wilcoxon";
}

/**
 * Every variant by every metric of the first, which is the baseline.
 * Throws: argument.unfit for variants with other numbers of scores.
 */
export function compareVariants(
  [baseline, ...others]: readonly [VariantScores, ...VariantScores[]],
  options: BootstrapOptions,
): readonly VariantCell[] {
  const cells = [baseline, ...others].flatMap(({ variant, scores: own }) =>
    [...baseline.scores].map(([metric, base]) => {
      const scores = own.get(metric) ?? base.map(() => Number.NaN);
      const summary = summarizeScores(scores, options);
      if (variant === baseline.variant) return { variant, metric, summary, paired: undefined };
      const test = testFor(scores, base);
      const paired = { ...comparePaired(scores, base, { ...options, test }), test };
      return { variant, metric, summary, paired };
    }),
  );
  const corrected = holm(cells.map(({ paired }) => paired?.pValue ?? Number.NaN));
  return cells.map(({ paired, ...cell }, at) => {
    const correctedPValue = corrected[at] ?? Number.NaN;
    return { ...cell, difference: paired && { ...paired, correctedPValue } };
  });
}
