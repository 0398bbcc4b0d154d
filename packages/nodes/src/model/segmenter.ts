import { openPart, partFingerprint } from "@insightgraph/editing/architectures";
import { defineNode } from "@insightgraph/engine/node";
import { segmenter } from "../port-types/model-segmenter.ts";
import { blameParam, checkpointParam } from "./checkpoint-param.ts";

/** Source: Segment Anything (arXiv:2304.02643). */
export const modelSegmenter = defineNode({
  type: "model.segmenter",
  version: 1,
  title: "Segment Anything",
  doc: "Loads a SAM or SAM 2 from its ONNX export, which finds the outline of the object in a box.",
  inputs: {},
  params: { checkpoint: checkpointParam("slimsam-77-uniform") },
  outputs: { model: segmenter("Finds outlines in boxes.") },
  fingerprint: ({ checkpoint }) =>
    blameParam("checkpoint", () => partFingerprint(checkpoint, "segmenter")),
  run: async (_, { checkpoint }) => ({
    model: await blameParam("checkpoint", () => openPart(checkpoint, "segmenter")),
  }),
});
