import { lpipsFacts, measurePerceptually } from "@insightgraph/editing/metrics";
import { defineNode } from "@insightgraph/engine/node";
import { addedFingerprint, addedModelParam, lpips, openAdded } from "./added-model.ts";
import {
  comparedOf,
  comparedPictures,
  regionParam,
  reportEmptyRegion,
  scorePort,
} from "./compared-pictures.ts";

/** Source: LPIPS (arXiv:1801.03924). */
export const metricLpips = defineNode({
  type: "metric.lpips",
  version: 1,
  title: "LPIPS",
  doc: "Learned perceptual distance of two pictures, by AlexNet, VGG-16 or SqueezeNet. Without its weights there is no score.",
  inputs: comparedPictures,
  params: { checkpoint: addedModelParam(lpips), region: regionParam },
  outputs: { score: scorePort(lpipsFacts) },
  fingerprint: ({ checkpoint }) => addedFingerprint(lpips, checkpoint),
  async run(inputs, { checkpoint, region }, context) {
    const distance = await openAdded(lpips, checkpoint, context);
    if (distance === undefined) return { score: Number.NaN };
    const score = await measurePerceptually(context, distance, comparedOf(inputs, region));
    return { score: reportEmptyRegion(score, context) };
  },
});
