import { meanDifference } from "./mean-difference.ts";
import type { Metric } from "./metric.ts";

/** Infinite for equal pictures. Source: Huynh-Thu and Ghanbari 2008; scikit-image's peak_signal_noise_ratio. */
export const psnr: Metric = {
  name: "PSNR",
  formula: "10 log10(255² / mean((a - b)²))",
  range: [0, Number.POSITIVE_INFINITY],
  direction: "higher",
  scale: "dB; R, G and B from 0 to 255, all channels in one mean",
  source: "Huynh-Thu and Ghanbari 2008",
  measure: (picture, reference, region) =>
    10 * Math.log10(255 ** 2 / meanDifference(picture, reference, 2, region)),
};
