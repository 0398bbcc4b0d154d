import { defineNode } from "@insightgraph/engine/node";
import { clipText as network } from "@insightgraph/models";
import { openNetwork } from "../model/component.ts";
import { tensorOf } from "../model/tensor-of.ts";
import { clipText, condition } from "../model-port-types.ts";
import { text } from "../port-types.ts";

/** Source: CLIP (arXiv:2103.00020), as Stable Diffusion reads it. */
export const clipTextComprehension = defineNode({
  type: "comprehension.clip-text",
  version: 1,
  title: "CLIP text",
  doc: "Reads a text without looking at the picture; an empty text gives what stands for none.",
  inputs: { text: text("Text to read."), model: clipText("Text encoder with its tokenizer.") },
  params: {},
  outputs: { condition: condition("States of the text, one a token.") },
  async run({ text: written, model }, _, context) {
    const { tokenizer, config } = model;
    const spare = tokenizer.encodeWhole(written).length - tokenizer.length;
    if (spare > 0) context.log(`the text is ${spare} tokens too long; its end is not read.`);
    const session = await openNetwork(context, model, network, config);
    const ids = tokenizer.encode(written);
    const found = await session.run({ ids: { dtype: "int64", shape: [1, ids.length], data: ids } });
    return { condition: tensorOf(found, "states") };
  },
});
