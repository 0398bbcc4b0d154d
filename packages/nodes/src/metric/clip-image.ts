import { clipImageFacts, measureEmbeddings } from "@insightgraph/editing/metrics";
import { defineNode } from "@insightgraph/engine/node";
import { clipImages } from "./added-model.ts";
import { comparedByModel } from "./compared-by-model.ts";

/** Source: MagicBrush (arXiv:2306.10012), section 4. */
export const metricClipImage = defineNode({
  type: "metric.clip-image",
  version: 1,
  title: "CLIP-I",
  doc: "How alike two pictures are in what they show, as a CLIP sees it. Without a CLIP there is no score.",
  ...comparedByModel(clipImages, clipImageFacts, measureEmbeddings),
});
