import { defineNode } from "@insightgraph/engine/node";
import { bridges, condition, feature, latent, mmTokens } from "../model-port-types.ts";
import { bridgeText } from "./bridge-text.ts";

/** Source: InsightEdit (arXiv:2411.17323), section 3.2; BIM from SmartEdit (arXiv:2312.06739). */
export const textBridging = defineNode({
  type: "bridging.text",
  version: 1,
  title: "Text bridge",
  doc: "Q-Former and bidirectional interaction: [MM] states and vision tokens become text condition and v_t.",
  inputs: {
    mmTokens: mmTokens("States at the [MM] positions."),
    vision: feature("Vision tokens of the source.", { shape: ["p", "v"] }),
    source: latent.optional("Gives v_t its size; networks of a fixed size do not ask."),
    model: bridges("Bridging networks."),
  },
  params: {},
  outputs: {
    condition: condition("f_txt, for the text half of every cross-attention."),
    visual: feature("v_t, added after the first convolution.", { shape: ["c", "h", "w"] }),
  },
  run: (inputs, _, context) => bridgeText(context, inputs.model, inputs),
});
