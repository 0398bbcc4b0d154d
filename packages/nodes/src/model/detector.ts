import { openPart, partFingerprint } from "@insightgraph/editing/architectures";
import { defineNode } from "@insightgraph/engine/node";
import { detector } from "../port-types/model-detector.ts";
import { blameParam, checkpointParam } from "./checkpoint-param.ts";

export const modelDetector = defineNode({
  type: "model.detector",
  version: 1,
  title: "Object detector",
  doc: "Loads a network that finds objects; the one that ships knows COCO's 80 kinds.",
  inputs: {},
  params: { checkpoint: checkpointParam("nanodet-coco") },
  outputs: { model: detector("Object detector.") },
  fingerprint: ({ checkpoint }) =>
    blameParam("checkpoint", () => partFingerprint(checkpoint, "detector")),
  run: async (_, { checkpoint }) => ({
    model: await blameParam("checkpoint", () => openPart(checkpoint, "detector")),
  }),
});
