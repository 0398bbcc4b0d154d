import type { NetworkOpener } from "../architectures/open-network.ts";
import type { PerceptualDistance } from "../architectures/perceptual-distance.ts";
import { blackBeyond, type ComparedPictures } from "./black-outside.ts";
import type { MetricFacts } from "./metric.ts";

const formula = "Σ over levels of mean(w · (φ(a) - φ(b))²), φ of unit length at each pixel";

/** Source: LPIPS (arXiv:1801.03924). */
export const lpipsFacts: MetricFacts = {
  name: "LPIPS",
  formula,
  range: [0, Number.POSITIVE_INFINITY],
  direction: "lower",
  scale: "R, G and B from -1 to 1; depends on the network: alex, vgg or squeeze",
  source: "Zhang et al. 2018 (arXiv:1801.03924), version 0.1",
};

/** Source: Shift-tolerant Perceptual Similarity Metric (arXiv:2207.13686). */
export const stLpipsFacts: MetricFacts = {
  name: "ST-LPIPS",
  formula,
  range: [0, Number.POSITIVE_INFINITY],
  direction: "lower",
  scale: "R, G and B from -1 to 1; unrelated pictures score about 0.8",
  source: "Ghildyal and Liu, ECCV 2022 (arXiv:2207.13686)",
};

/**
 * A perceptual distance of whole pictures, or of a region, beyond which both are black; NaN for an empty region.
 * Throws: argument.unfit.
 */
export async function measurePerceptually(
  opener: NetworkOpener,
  distance: PerceptualDistance,
  compared: ComparedPictures,
): Promise<number> {
  const pair = blackBeyond(compared);
  return pair === undefined ? Number.NaN : distance.measure(opener, ...pair);
}
