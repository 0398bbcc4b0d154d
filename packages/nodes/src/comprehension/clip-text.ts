import { defineNode } from "@insightgraph/engine/node";
import { condition } from "../port-types/condition.ts";
import { clipText } from "../port-types/model-clip-text.ts";
import { text } from "../port-types/text.ts";

/** Source: CLIP (arXiv:2103.00020), as Stable Diffusion reads it. */
export const comprehensionClipText = defineNode({
  type: "comprehension.clip-text",
  version: 1,
  title: "CLIP text",
  doc: "Encodes a text with CLIP, without reading the picture. An empty text gives the unconditional (negative) conditioning.",
  inputs: { text: text("Text to encode."), model: clipText("Text encoder with its tokenizer.") },
  params: {},
  outputs: { condition: condition("Hidden states of the text, one per token.") },
  run: async ({ text: written, model }, _, context) => ({
    condition: await model.encode(context, written, context.log),
  }),
});
