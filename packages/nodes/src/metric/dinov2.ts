import { dinov2Facts, measureEmbeddings } from "@insightgraph/editing/metrics";
import { defineNode } from "@insightgraph/engine/node";
import { addedFingerprint, addedModelParam, dinov2, openAdded } from "./added-model.ts";
import {
  comparedOf,
  comparedPictures,
  regionParam,
  reportEmptyRegion,
  scorePort,
} from "./compared-pictures.ts";

/** Source: DINOv2 (arXiv:2304.07193). */
export const metricDinov2 = defineNode({
  type: "metric.dinov2",
  version: 1,
  title: "DINOv2 similarity",
  doc: "How alike two pictures are in objects and their parts, as a DINOv2 sees it. Without one there is no score.",
  inputs: comparedPictures,
  params: { checkpoint: addedModelParam(dinov2), region: regionParam },
  outputs: { score: scorePort(dinov2Facts) },
  fingerprint: ({ checkpoint }) => addedFingerprint(dinov2, checkpoint),
  async run(inputs, { checkpoint, region }, context) {
    const embedder = await openAdded(dinov2, checkpoint, context);
    if (embedder === undefined) return { score: Number.NaN };
    const score = await measureEmbeddings(context, embedder, comparedOf(inputs, region));
    return { score: reportEmptyRegion(score, context) };
  },
});
