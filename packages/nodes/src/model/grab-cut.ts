import { grabCutSegmenter } from "@insightgraph/editing/photographs";
import { defineNode } from "@insightgraph/engine/node";
import { segmenter } from "../port-types/model-segmenter.ts";

/** Source: GrabCut (Rother, Kolmogorov, Blake 2004). */
export const modelGrabCut = defineNode({
  type: "model.grab-cut",
  version: 1,
  title: "GrabCut",
  doc: "Finds outlines by how an object's colours differ from what surrounds its box; it needs no checkpoint.",
  inputs: {},
  params: {},
  outputs: { model: segmenter("Finds outlines in boxes.") },
  run: () => ({ model: grabCutSegmenter }),
});
