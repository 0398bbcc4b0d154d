import type { ComparedPictures, Metric, MetricFacts, Region } from "@insightgraph/editing/metrics";
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

/** What `regionParam` gives. */
export type SideOfRegion = Region["side"] | "all";

/** A score's port, which says how to read it. */
export function scorePort({ scale, direction }: MetricFacts) {
  return number(`${direction === "higher" ? "Higher" : "Lower"} is better. Scale: ${scale}.`);
}

/** Passes a score on and says why there is none. */
export function reportHole(score: number, why: string, { log }: RunContext): number {
  if (Number.isNaN(score)) log(`No score (NaN): ${why}.`);
  return score;
}

/** Passes a score on and says where the region left nothing to compare. */
export function reportEmptyRegion(score: number, context: RunContext): number {
  return reportHole(score, "the region holds nothing to compare", context);
}

/** Values of `comparedPictures`. */
export interface ComparedInputs {
  readonly image: Picture;
  readonly reference: Picture;
  readonly mask?: Mask | undefined;
}

/** What a metric compares, by the node's inputs and its choice of a side of the mask. */
export function comparedOf(
  { image: picture, reference, mask: edited }: ComparedInputs,
  side: SideOfRegion,
): ComparedPictures {
  const region = edited === undefined || side === "all" ? undefined : { mask: edited, side };
  return { picture, reference, region };
}

/** Scores a picture on the region that the node's param chooses. */
export function scorePictures(
  metric: Metric,
  inputs: ComparedInputs,
  side: SideOfRegion,
  context: RunContext,
): number {
  const { picture, reference, region } = comparedOf(inputs, side);
  return reportEmptyRegion(metric.measure(picture, reference, region), context);
}
