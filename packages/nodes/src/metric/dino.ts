import { dinoFacts, measureEmbeddings } from "@insightgraph/editing/metrics";
import { defineNode } from "@insightgraph/engine/node";
import { dino } from "./added-model.ts";
import { comparedByModel } from "./compared-by-model.ts";

/** Source: DINO (arXiv:2104.14294). */
export const metricDino = defineNode({
  type: "metric.dino",
  version: 1,
  title: "DINO similarity",
  doc: "How alike two pictures are in objects and their parts, as a DINO of version 1 sees it: MagicBrush and EMU Edit report that of ViT-S/16. Without one there is no score.",
  ...comparedByModel(dino, dinoFacts, measureEmbeddings),
});
