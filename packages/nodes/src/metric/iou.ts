import { maskIou, measureIou } from "@insightgraph/editing/metrics";
import { defineNode } from "@insightgraph/engine/node";
import { mask } from "../port-types/mask.ts";
import { reportHole, scorePort } from "./compared-pictures.ts";

/** Source: Jaccard 1912. */
export const metricIou = defineNode({
  type: "metric.iou",
  version: 1,
  title: "IoU of masks",
  doc: "Intersection over union: how well two masks overlap.",
  inputs: { mask: mask("Mask to score."), reference: mask("Mask to compare it with.") },
  params: {},
  outputs: { score: scorePort(maskIou) },
  run: (inputs, _, context) => {
    const score = measureIou(inputs.mask, inputs.reference);
    return { score: reportHole(score, "both masks are empty", context) };
  },
});
