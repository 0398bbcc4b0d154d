import { unfitArgument } from "../errors.ts";
import { type BootstrapOptions, bootstrapMean, type MeanEstimate } from "./bootstrap-mean.ts";

/** A metric over many items. */
export interface ScoreSummary extends MeanEstimate {
  /** Scores that there are. */
  readonly count: number;
  /** Items without a score (NaN). */
  readonly holes: number;
}

/** Refuses infinite scores, of which there is no mean. Throws: argument.unfit. */
export function requireFiniteScores(scores: readonly number[], argument: string): void {
  const at = scores.findIndex((score) => Math.abs(score) === Number.POSITIVE_INFINITY);
  if (at < 0) return;
  const what = `score ${at + 1} of ${scores.length} is infinite, so there is no mean.`;
  throw unfitArgument(argument, what, "Cap it, as metric.psnr does.");
}

/** Mean and interval of the scores that there are. Throws: argument.unfit at `scores` for infinite ones. */
export function summarizeScores(
  scores: readonly number[],
  options: BootstrapOptions,
): ScoreSummary {
  requireFiniteScores(scores, "scores");
  const known = scores.filter((score) => !Number.isNaN(score));
  const holes = scores.length - known.length;
  return { ...bootstrapMean(known, options), count: known.length, holes };
}
