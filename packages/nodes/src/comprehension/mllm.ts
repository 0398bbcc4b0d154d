import { defineNode, inputError } from "@insightgraph/engine/node";
import { ModelError } from "@insightgraph/models";
import { feature, mllm, mmTokens } from "../model-port-types.ts";
import { image, text } from "../port-types.ts";
import { comprehend } from "./comprehend.ts";

/** Source: InsightEdit (arXiv:2411.17323), section 3.2. */
export const mllmComprehension = defineNode({
  type: "comprehension.mllm",
  version: 1,
  title: "MLLM comprehension",
  doc: "Reads the picture and the instruction together; the states of its [MM] tokens say what to do.",
  inputs: {
    image: image("Picture to change."),
    instruction: text("What to do, as one sentence."),
    model: mllm("Vision-language network."),
  },
  params: {},
  outputs: {
    mmTokens: mmTokens("States at the [MM] positions."),
    vision: feature("Patches as the vision tower sees them.", { shape: ["p", "v"] }),
  },
  async run({ image: picture, instruction, model }, _, context) {
    try {
      return await comprehend(context, model, picture, instruction);
    } catch (error) {
      if (!(error instanceof ModelError && error.code.startsWith("tokens."))) throw error;
      throw inputError(error.what, { input: "instruction", hint: error.hint, cause: error });
    }
  },
});
