import { defineNode } from "@insightgraph/engine/node";
import { feature } from "../port-types/feature.ts";
import { image } from "../port-types/image.ts";
import { mmTokens } from "../port-types/mm-tokens.ts";
import { mllm } from "../port-types/model-mllm.ts";
import { text } from "../port-types/text.ts";

/** Source: InsightEdit (arXiv:2411.17323), section 3.2. */
export const comprehensionMllm = defineNode({
  type: "comprehension.mllm",
  version: 1,
  formerly: ["comprehension.llava"],
  title: "MLLM comprehension",
  doc: "Reads the picture and the instruction together. The hidden states of its [MM] tokens describe the edit.",
  inputs: {
    image: image("Picture to edit."),
    instruction: text("Edit to make, as one sentence."),
    model: mllm("Multimodal language model."),
  },
  params: {},
  outputs: {
    mmTokens: mmTokens("States at the [MM] positions."),
    vision: feature("Patch features of the vision tower.", { shape: ["p", "v"] }),
  },
  run: ({ image: picture, instruction, model }, _, context) =>
    model.comprehend(context, picture, instruction, context.log),
});
