import { defineNode, inputError } from "@insightgraph/engine/node";
import { encodePrompt, ModelError, llava as network } from "@insightgraph/models";
import { openNetwork } from "../model/component.ts";
import type { LlavaPart } from "../model/llava-part.ts";
import { tensorOf } from "../model/tensor-of.ts";
import { feature, llava, mmTokens } from "../model-port-types.ts";
import { image, text } from "../port-types.ts";
import { clipPixels } from "./clip-pixels.ts";

function idsOf(instruction: string, { template, tokenizer, layout }: LlavaPart): BigInt64Array {
  try {
    return encodePrompt(template, instruction, tokenizer, layout);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const { what, hint } = error;
    throw inputError(what, { input: "instruction", hint, cause: error });
  }
}

/** Source: InsightEdit (arXiv:2411.17323), section 3.2; LLaVA (arXiv:2304.08485). */
export const llavaComprehension = defineNode({
  type: "comprehension.llava",
  version: 1,
  title: "LLaVA comprehension",
  doc: "Reads the picture and the instruction together; the states of its [MM] tokens say what to do.",
  inputs: {
    image: image("Picture to change."),
    instruction: text("What to do, as one sentence."),
    model: llava("Multimodal language model."),
  },
  params: {},
  outputs: {
    mmTokens: mmTokens("States at the [MM] positions."),
    vision: feature("Patches as the vision tower sees them.", { shape: ["p", "v"] }),
  },
  async run({ image: picture, instruction, model }, _, context) {
    const data = idsOf(instruction, model);
    const session = await openNetwork(context, model, network, model.config);
    const found = await session.run({
      pixels: clipPixels(picture, model.pixels),
      ids: { dtype: "int64", shape: [1, data.length], data },
    });
    return { mmTokens: tensorOf(found, "mmTokens"), vision: tensorOf(found, "vision") };
  },
});
