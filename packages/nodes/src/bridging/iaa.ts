import { defineNode, inputError, param } from "@insightgraph/engine/node";
import { imageCondition } from "../port-types/image-condition.ts";
import { mmTokens } from "../port-types/mm-tokens.ts";
import { bridges } from "../port-types/model-bridges.ts";

/** Source: InsightEdit (arXiv:2411.17323), section 3.2. */
export const bridgingIaa = defineNode({
  type: "bridging.iaa",
  version: 1,
  title: "Image alignment adapter",
  doc: "Projects [MM] states to image tokens that approximate the target picture. They feed the image half of every cross-attention. Bypass it to ablate the image branch.",
  inputs: {
    mmTokens: mmTokens("States at the [MM] positions."),
    model: bridges("Bridging networks."),
  },
  params: {
    scale: param.number({
      default: 1,
      min: 0,
      max: 2,
      step: 0.05,
      doc: "Weight (lambda) of the image half of cross-attention. 0 turns it off.",
    }),
  },
  outputs: { imageCondition: imageCondition("Image tokens f_img and their weight.") },
  async run({ mmTokens: states, model }, { scale }, context) {
    if (model.image === undefined) {
      throw inputError("the checkpoint was trained without the image branch", {
        input: "model",
        hint: "Bypass the image alignment adapter node.",
      });
    }
    return { imageCondition: { tokens: await model.image(context, states), scale } };
  },
});
