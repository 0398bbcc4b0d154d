import type { Capabilities } from "@insightgraph/editing/architectures";
import type { ComparedPictures, MetricFacts } from "@insightgraph/editing/metrics";
import type { RunContext } from "@insightgraph/engine/node";
import {
  type AddedModel,
  addedFingerprint,
  addedModelParam,
  type Embedding,
  openAdded,
} from "./added-model.ts";
import {
  type ComparedInputs,
  comparedOf,
  comparedPictures,
  regionParam,
  reportEmptyRegion,
  type SideOfRegion,
  scorePort,
} from "./compared-pictures.ts";

/** All but the names of a metric that compares two pictures by an added model; NaN where nobody has added it. */
export function comparedByModel<C extends Embedding>(
  model: AddedModel<C>,
  facts: MetricFacts,
  measure: (
    context: RunContext,
    part: Capabilities[C],
    compared: ComparedPictures,
  ) => Promise<number>,
) {
  return {
    inputs: comparedPictures,
    params: { checkpoint: addedModelParam(model), region: regionParam },
    outputs: { score: scorePort(facts) },
    fingerprint: ({ checkpoint }: { readonly checkpoint: string }) =>
      addedFingerprint(model, checkpoint),
    async run(
      inputs: ComparedInputs,
      { checkpoint, region }: { readonly checkpoint: string; readonly region: SideOfRegion },
      context: RunContext,
    ) {
      const part = await openAdded(model, checkpoint, context);
      if (part === undefined) return { score: Number.NaN };
      const score = await measure(context, part, comparedOf(inputs, region));
      return { score: reportEmptyRegion(score, context) };
    },
  };
}
