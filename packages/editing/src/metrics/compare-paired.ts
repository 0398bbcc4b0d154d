import { unfitArgument } from "../errors.ts";
import { type BootstrapOptions, bootstrapMean, type MeanEstimate } from "./bootstrap-mean.ts";
import { mcnemar } from "./mcnemar.ts";
import { requireFiniteScores } from "./summarize-scores.ts";
import { wilcoxonSignedRank } from "./wilcoxon-signed-rank.ts";

/** For scores of any kind, and for successes (1) and failures (0). */
export const pairedTests = ["wilcoxon", "mcnemar"] as const;

/** The name of a paired test. */
export type PairedTest = (typeof pairedTests)[number];

/** Scores less those of a baseline on the same items. */
export interface PairedComparison extends MeanEstimate {
  /** Two-sided, not corrected for several comparisons. */
  readonly pValue: number;
  /** Items with both scores. */
  readonly pairs: number;
  /** Items left out because a score is missing (NaN). */
  readonly dropped: number;
}

function requireShares(values: readonly number[], argument: string): void {
  const at = values.findIndex((value) => value !== 0 && value !== 1 && !Number.isNaN(value));
  if (at < 0) return;
  const what = `score ${at + 1} is ${values[at]}; McNemar's test compares successes (1) and failures (0).`;
  throw unfitArgument(argument, what, "Use the Wilcoxon test for other scores.");
}

/**
 * Mean difference with a paired bootstrap's interval, and a paired test.
 * Throws: argument.unfit at `scores` or `baseline`.
 */
export function comparePaired(
  scores: readonly number[],
  baseline: readonly number[],
  { test, ...options }: BootstrapOptions & { readonly test: PairedTest },
): PairedComparison {
  if (scores.length !== baseline.length) {
    const what = `it has ${baseline.length} scores instead of ${scores.length}.`;
    throw unfitArgument("baseline", what, "Score the same items, in the same order.");
  }
  for (const [argument, values] of Object.entries({ scores, baseline })) {
    requireFiniteScores(values, argument);
    if (test === "mcnemar") requireShares(values, argument);
  }
  const differences = scores
    .map((score, at) => score - (baseline[at] ?? Number.NaN))
    .filter((difference) => !Number.isNaN(difference));
  const pairs = differences.length;
  const testPairs = test === "mcnemar" ? mcnemar : wilcoxonSignedRank;
  return {
    ...bootstrapMean(differences, options),
    pValue: pairs === 0 ? Number.NaN : testPairs(differences),
    pairs,
    dropped: scores.length - pairs,
  };
}
