import { dinoFacts, measureEmbeddings } from "@insightgraph/editing/metrics";
import { defineNode } from "@insightgraph/engine/node";
import { addedFingerprint, addedModelParam, dino, openAdded } from "./added-model.ts";
import {
  comparedOf,
  comparedPictures,
  regionParam,
  reportEmptyRegion,
  scorePort,
} from "./compared-pictures.ts";

/** Source: DINO (arXiv:2104.14294). */
export const metricDino = defineNode({
  type: "metric.dino",
  version: 1,
  title: "DINO similarity",
  doc: "How alike two pictures are in objects and their parts, as a DINO of version 1 sees it: MagicBrush and EMU Edit report that of ViT-S/16. Without one there is no score.",
  inputs: comparedPictures,
  params: { checkpoint: addedModelParam(dino), region: regionParam },
  outputs: { score: scorePort(dinoFacts) },
  fingerprint: ({ checkpoint }) => addedFingerprint(dino, checkpoint),
  async run(inputs, { checkpoint, region }, context) {
    const embedder = await openAdded(dino, checkpoint, context);
    if (embedder === undefined) return { score: Number.NaN };
    const score = await measureEmbeddings(context, embedder, comparedOf(inputs, region));
    return { score: reportEmptyRegion(score, context) };
  },
});
