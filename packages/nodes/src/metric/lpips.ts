import { lpipsFacts, measurePerceptually } from "@insightgraph/editing/metrics";
import { defineNode } from "@insightgraph/engine/node";
import { lpips } from "./added-model.ts";
import { comparedByModel } from "./compared-by-model.ts";

/** Source: LPIPS (arXiv:1801.03924). */
export const metricLpips = defineNode({
  type: "metric.lpips",
  version: 1,
  title: "LPIPS",
  doc: "Learned perceptual distance of two pictures, by AlexNet, VGG-16 or SqueezeNet. Without its weights there is no score.",
  ...comparedByModel(lpips, lpipsFacts, measurePerceptually),
});
