import {
  conditionPurposes,
  conditionStates,
  requireReadable,
} from "@insightgraph/editing/architectures";
import { defineNode, param } from "@insightgraph/engine/node";
import { condition } from "../port-types/condition.ts";
import { image } from "../port-types/image.ts";
import { languageModel } from "../port-types/model-language.ts";
import { text } from "../port-types/text.ts";

/** Source: diffusers' DreamLitePipeline and Flux2KleinPipeline. */
export const comprehensionQwenVl = defineNode({
  type: "comprehension.qwen-vl",
  version: 1,
  title: "Qwen3-VL states",
  doc: "Reads an instruction, and for DreamLite the picture as well, and gives the states that the editor's denoising network reads.",
  inputs: {
    text: text("Instruction. Empty: the unconditional (negative) conditioning of DreamLite."),
    image: image.optional("Picture to edit. FLUX.2 [klein] reads the text alone."),
    model: languageModel("Language model that the editor was trained with."),
  },
  params: {
    purpose: param.choice({
      options: conditionPurposes,
      default: "dreamlite-edit",
      doc: "Editor that reads the states; it sets the prompt and the layers.",
    }),
  },
  outputs: { condition: condition("States, one per token.") },
  check: ({ text: written, image: picture, model }, { purpose }) =>
    requireReadable(model, purpose, { text: written, picture }),
  run: async ({ text: written, image: picture, model }, { purpose }, context) => ({
    condition: await conditionStates(context, model, purpose, { text: written, picture }),
  }),
});
