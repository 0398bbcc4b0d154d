import { meanDifference } from "./mean-difference.ts";
import type { Metric } from "./metric.ts";

/** Source: MagicBrush (arXiv:2306.10012), section 4. */
export const l2: Metric = {
  name: "L2",
  formula: "mean((a - b)²)",
  range: [0, 1],
  direction: "lower",
  scale: "R, G and B from 0 to 1",
  source: "mean squared error, as MagicBrush (arXiv:2306.10012) reports it",
  measure: (picture, reference, region) => meanDifference(picture, reference, 2, region) / 255 ** 2,
};
