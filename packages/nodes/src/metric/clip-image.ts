import { clipImageFacts, measureEmbeddings } from "@insightgraph/editing/metrics";
import { defineNode } from "@insightgraph/engine/node";
import { addedFingerprint, addedModelParam, clipImages, openAdded } from "./added-model.ts";
import {
  comparedOf,
  comparedPictures,
  regionParam,
  reportEmptyRegion,
  scorePort,
} from "./compared-pictures.ts";

/** Source: MagicBrush (arXiv:2306.10012), section 4. */
export const metricClipImage = defineNode({
  type: "metric.clip-image",
  version: 1,
  title: "CLIP-I",
  doc: "How alike two pictures are in what they show, as a CLIP sees it. Without a CLIP there is no score.",
  inputs: comparedPictures,
  params: { checkpoint: addedModelParam(clipImages), region: regionParam },
  outputs: { score: scorePort(clipImageFacts) },
  fingerprint: ({ checkpoint }) => addedFingerprint(clipImages, checkpoint),
  async run(inputs, { checkpoint, region }, context) {
    const embedder = await openAdded(clipImages, checkpoint, context);
    if (embedder === undefined) return { score: Number.NaN };
    const score = await measureEmbeddings(context, embedder, comparedOf(inputs, region));
    return { score: reportEmptyRegion(score, context) };
  },
});
