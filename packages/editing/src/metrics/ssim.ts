import { unfitArgument } from "../errors.ts";
import { requireSameSize, sizeText } from "../pictures/canvas.ts";
import { windowRadius } from "./gaussian-window.ts";
import { meanOf } from "./mean-of.ts";
import type { Metric } from "./metric.ts";
import { channelsOf } from "./plane.ts";
import { pixelsIn } from "./region.ts";
import { similarityMeans } from "./similarity-means.ts";

const leastSide = 2 * windowRadius + 1;

/** Source: Wang et al. 2004; scikit-image's structural_similarity with Gaussian weights. */
export const ssim: Metric = {
  name: "SSIM",
  formula: "mean((2 μa μb + C1)(2 σab + C2) / ((μa² + μb² + C1)(σa² + σb² + C2)))",
  range: [-1, 1],
  direction: "higher",
  scale:
    "Gaussian window 11 x 11, σ 1.5; C1 = (0.01 · 255)², C2 = (0.03 · 255)²; mean of R, G and B",
  source: "Wang et al. 2004",
  measure(picture, reference, region) {
    requireSameSize(picture, reference);
    if (Math.min(picture.width, picture.height) < leastSide) {
      const what = `it has ${sizeText(picture)}; SSIM needs ${leastSide} a side.`;
      throw unfitArgument("image", what, "Use a larger picture.");
    }
    const selected = pixelsIn(region, picture);
    const others = channelsOf(reference);
    const scores = channelsOf(picture).map((channel, at) => {
      const other = others[at] ?? channel;
      return similarityMeans(channel, other, selected).whole;
    });
    return meanOf(scores);
  },
};
