import { defineNode, inputError } from "@insightgraph/engine/node";
import { condition } from "../port-types/condition.ts";
import { feature } from "../port-types/feature.ts";
import { latent } from "../port-types/latent.ts";
import { mmTokens } from "../port-types/mm-tokens.ts";
import { bridges } from "../port-types/model-bridges.ts";

/** Source: InsightEdit (arXiv:2411.17323), section 3.2; BIM from SmartEdit (arXiv:2312.06739). */
export const bridgingText = defineNode({
  type: "bridging.text",
  version: 1,
  title: "Text bridge",
  doc: "Q-Former and bidirectional interaction module: turns [MM] states and vision tokens into the text condition and v_t.",
  inputs: {
    mmTokens: mmTokens("States at the [MM] positions."),
    vision: feature("Vision tokens of the source picture.", { shape: ["p", "v"] }),
    source: latent.optional(
      "Source latent, which sets the size of v_t. Ignored by fixed-size networks.",
    ),
    model: bridges("Bridging networks."),
  },
  params: {},
  outputs: {
    condition: condition("f_txt, for the text half of every cross-attention."),
    visual: feature("v_t, added after the first convolution.", { shape: ["c", "h", "w"] }),
  },
  async run({ model, ...inputs }, _, context) {
    if (model.text === undefined) {
      throw inputError("the checkpoint was trained without the bidirectional interaction", {
        input: "model",
        hint: "Use the Q-Former node (bridging.q-former) instead of the text bridge.",
      });
    }
    return model.text(context, inputs);
  },
});
