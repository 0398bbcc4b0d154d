import type { Metric, MetricFacts, Region } from "@insightgraph/editing/metrics";
import type { Mask, Picture } from "@insightgraph/editing/pictures";
import { param, type RunContext } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { number } from "../port-types/number.ts";

/** What every metric between two pictures takes. */
export const comparedPictures = {
  image: image("Picture to score."),
  reference: image("Picture to compare it with: the target, or the source for the background."),
  mask: mask.optional("Edited region. Omitted: the whole picture counts."),
};

/** Which pixels count. */
export const regionParam = param.choice({
  options: ["outside", "inside", "all"],
  default: "outside",
  doc: "Which side of the mask counts; outside is the background. Ignored without a mask.",
});

/** Which side of a mask counts; undefined for the whole picture. */
export function regionOf(mask: Mask | undefined, side: Region["side"] | "all"): Region | undefined {
  return mask === undefined || side === "all" ? undefined : { mask, side };
}

/** A score's port, which says how to read it. */
export function scorePort({ scale, direction }: MetricFacts) {
  return number(`${direction === "higher" ? "Higher" : "Lower"} is better. Scale: ${scale}.`);
}

/** Passes a score on and says why there is none. */
export function reportHole(score: number, why: string, { log }: RunContext): number {
  if (Number.isNaN(score)) log(`No score (NaN): ${why}.`);
  return score;
}

/** Values of `comparedPictures`. */
interface ComparedPictures {
  readonly image: Picture;
  readonly reference: Picture;
  readonly mask?: Mask | undefined;
}

/** Scores a picture on the region that the node's param chooses. */
export function scorePictures(
  metric: Metric,
  { image: picture, reference, mask: edited }: ComparedPictures,
  side: Region["side"] | "all",
  context: RunContext,
): number {
  const score = metric.measure(picture, reference, regionOf(edited, side));
  return reportHole(score, "the region holds nothing to compare", context);
}
