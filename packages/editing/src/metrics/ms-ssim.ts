import { unfitArgument } from "../errors.ts";
import { requireSameSize, sizeText } from "../pictures/canvas.ts";
import { windowRadius } from "./gaussian-window.ts";
import { meanOf } from "./mean-of.ts";
import type { Metric } from "./metric.ts";
import { channelsOf, halve, type Plane, reflect } from "./plane.ts";
import { pixelsIn } from "./region.ts";
import { type SimilarityMeans, similarityMeans } from "./similarity-means.ts";

/** Weights of the scales, the finest first. Source: Wang, Simoncelli and Bovik 2003, section 3.2. */
const exponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

/** The coarsest scale still holds one window. */
const leastSide = (2 * windowRadius + 1) * 2 ** (exponents.length - 1);

/** Both pictures at one scale, channel by channel, and the pixels that count there. */
interface Scale {
  readonly pairs: readonly (readonly [Plane, Plane])[];
  /** 1 where a pixel counts, else 0. */
  readonly selected: Plane;
}

function mapPlanes({ pairs, selected }: Scale, change: (plane: Plane) => Plane): Scale {
  return {
    pairs: pairs.map(([a, b]) => [change(a), change(b)] as const),
    selected: change(selected),
  };
}

/** A pixel of the coarser scale counts when at least two of its four do. */
function coarser(scale: Scale): Scale {
  const { pairs, selected } = mapPlanes(scale, halve);
  const data = selected.data.map((share) => (share >= 0.5 ? 1 : 0));
  return { pairs, selected: { ...selected, data } };
}

function scoreOf({ pairs, selected }: Scale, part: keyof SimilarityMeans): number {
  const means = pairs.map(([a, b]) => similarityMeans(a, b, selected.data)[part]);
  return Math.max(0, meanOf(means));
}

/**
 * Source: Wang, Simoncelli and Bovik 2003, eq. 7, with torchmetrics' treatment of negative means, which count as 0, and
 * of the coarsest scale, whose pictures go on mirrored beyond their edges.
 */
export const msSsim: Metric = {
  name: "MS-SSIM",
  formula: "l5^0.1333 · Π cs_j^β_j over five scales, each halved from the one before",
  range: [0, 1],
  direction: "higher",
  scale:
    "as SSIM at each scale; β = 0.0448, 0.2856, 0.3001, 0.2363, 0.1333; negative means count as 0",
  source: "Wang, Simoncelli and Bovik 2003",
  measure(picture, reference, region) {
    requireSameSize(picture, reference);
    if (Math.min(picture.width, picture.height) < leastSide) {
      const what = `it has ${sizeText(picture)}; MS-SSIM needs ${leastSide} a side.`;
      throw unfitArgument("image", what, "Use SSIM for small pictures, or enlarge both first.");
    }
    const { width, height } = picture;
    const data = Float64Array.from(pixelsIn(region, picture));
    const others = channelsOf(reference);
    let scale: Scale = {
      pairs: channelsOf(picture).map((plane, at) => [plane, others[at] ?? plane] as const),
      selected: { width, height, data },
    };
    let score = 1;
    for (const exponent of exponents.slice(0, -1)) {
      score *= scoreOf(scale, "contrast") ** exponent;
      scale = coarser(scale);
    }
    const mirrored = mapPlanes(scale, (plane) => reflect(plane, windowRadius));
    return score * scoreOf(mirrored, "whole") ** (exponents.at(-1) ?? 1);
  },
};
