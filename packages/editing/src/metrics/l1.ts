import { meanDifference } from "./mean-difference.ts";
import type { Metric } from "./metric.ts";

/** Source: MagicBrush (arXiv:2306.10012), section 4. */
export const l1: Metric = {
  name: "L1",
  formula: "mean(|a - b|)",
  range: [0, 1],
  direction: "lower",
  scale: "R, G and B from 0 to 1",
  source: "mean absolute error, as MagicBrush (arXiv:2306.10012) reports it",
  measure: (picture, reference, region) => meanDifference(picture, reference, 1, region) / 255,
};
