import type { NetworkOpener } from "../architectures/open-network.ts";
import type { PerceptualDistance } from "../architectures/perceptual-distance.ts";
import type { Picture } from "../pictures/picture.ts";
import type { MetricFacts } from "./metric.ts";
import { pixelsIn, type Region } from "./region.ts";

/** Source: Shift-tolerant Perceptual Similarity Metric (arXiv:2207.13686). */
export const stLpipsFacts: MetricFacts = {
  name: "ST-LPIPS",
  formula: "Σ over levels of mean(w · (φ(a) - φ(b))²), φ of unit length at each pixel",
  range: [0, Number.POSITIVE_INFINITY],
  direction: "lower",
  scale: "R, G and B from -1 to 1; unrelated pictures score about 0.8",
  source: "Ghildyal and Liu, ECCV 2022 (arXiv:2207.13686)",
};

function blackOutside(picture: Picture, selected: Uint8Array): Picture {
  const data = picture.data.map((value, at) => value * (selected[Math.floor(at / 3)] ?? 0));
  return { ...picture, data };
}

/**
 * A perceptual distance of whole pictures, or of a region, beyond which both are black; NaN for an empty region.
 * Throws: argument.unfit.
 * Source: PIE-Bench (arXiv:2310.01506) blackens the same way before LPIPS.
 */
export async function measurePerceptually(
  opener: NetworkOpener,
  distance: PerceptualDistance,
  {
    picture,
    reference,
    region,
  }: { picture: Picture; reference: Picture; region?: Region | undefined },
): Promise<number> {
  if (region === undefined) return distance.measure(opener, picture, reference);
  const selected = pixelsIn(region, picture);
  if (!selected.includes(1)) return Number.NaN;
  const keep = (one: Picture): Picture => blackOutside(one, selected);
  return distance.measure(opener, keep(picture), keep(reference));
}
