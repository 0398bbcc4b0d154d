import { openPart, partFingerprint } from "@insightgraph/editing/architectures";
import { defineNode } from "@insightgraph/engine/node";
import { clipText } from "../port-types/model-clip-text.ts";
import { blameParam, checkpointParam } from "./checkpoint-param.ts";

export const modelClipText = defineNode({
  type: "model.clip-text",
  version: 1,
  title: "CLIP text encoder",
  doc: "Loads the CLIP text encoder and the tokenizer of a checkpoint.",
  inputs: {},
  params: { checkpoint: checkpointParam("instruct-pix2pix") },
  outputs: { model: clipText("Text encoder.") },
  fingerprint: ({ checkpoint }) =>
    blameParam("checkpoint", () => partFingerprint(checkpoint, "textEncoder")),
  run: async (_, { checkpoint }) => ({
    model: await blameParam("checkpoint", () => openPart(checkpoint, "textEncoder")),
  }),
});
