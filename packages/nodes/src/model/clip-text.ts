import { defineNode } from "@insightgraph/engine/node";
import { findComponent } from "../checkpoints/find-component.ts";
import { clipText } from "../model-port-types.ts";
import { checkpointParam, opened } from "./checkpoint-param.ts";
import { openClipText } from "./diffusers-parts.ts";
import { fingerprintOf } from "./fingerprint.ts";

export const clipTextModel = defineNode({
  type: "model.clip-text",
  version: 1,
  title: "CLIP text encoder",
  doc: "A checkpoint's CLIP text encoder with its tokenizer.",
  inputs: {},
  params: { checkpoint: checkpointParam("instruct-pix2pix") },
  outputs: { model: clipText("Text encoder.") },
  fingerprint: ({ checkpoint }) => fingerprintOf(checkpoint, "text_encoder", "tokenizer"),
  async run(_, { checkpoint }) {
    const component = await findComponent(checkpoint, "text_encoder");
    const tokenizer = await findComponent(checkpoint, "tokenizer");
    return { model: await opened(() => openClipText(component, tokenizer)) };
  },
});
