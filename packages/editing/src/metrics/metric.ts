import type { Picture } from "../pictures/picture.ts";
import type { Region } from "./region.ts";

/** What a table says of a metric, so that nobody has to guess what a number means. */
export interface MetricFacts {
  readonly name: string;
  readonly formula: string;
  /** Least and greatest score. */
  readonly range: readonly [number, number];
  /** Which scores are better. */
  readonly direction: "higher" | "lower";
  /** Unit of the score, and of the values that it is computed from. */
  readonly scale: string;
  readonly source: string;
}

/** A metric of how near a picture is to a reference. */
export interface Metric extends MetricFacts {
  /**
   * The score, of all pixels or of those of a region; NaN where the region holds nothing to compare.
   * Throws: argument.unfit.
   */
  measure(picture: Picture, reference: Picture, region?: Region): number;
}
