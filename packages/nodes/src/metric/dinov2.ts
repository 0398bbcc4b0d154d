import { dinov2Facts, measureEmbeddings } from "@insightgraph/editing/metrics";
import { defineNode } from "@insightgraph/engine/node";
import { dinov2 } from "./added-model.ts";
import { comparedByModel } from "./compared-by-model.ts";

/** Source: DINOv2 (arXiv:2304.07193). */
export const metricDinov2 = defineNode({
  type: "metric.dinov2",
  version: 1,
  title: "DINOv2 similarity",
  doc: "How alike two pictures are in objects and their parts, as a DINOv2 sees it. Without one there is no score.",
  ...comparedByModel(dinov2, dinov2Facts, measureEmbeddings),
});
