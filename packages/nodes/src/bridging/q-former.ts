import { defineNode } from "@insightgraph/engine/node";
import { condition } from "../port-types/condition.ts";
import { mmTokens } from "../port-types/mm-tokens.ts";
import { bridges } from "../port-types/model-bridges.ts";

/** Source: InsightEdit (arXiv:2411.17323), section 3.2; Q-Former from BLIP-2 (arXiv:2301.12597). */
export const bridgingQFormer = defineNode({
  type: "bridging.q-former",
  version: 1,
  title: "Q-Former",
  doc: "Turns [MM] states into a text condition without reading the picture; gives no v_t. Use it in place of the text bridge to ablate the bidirectional interaction.",
  inputs: {
    mmTokens: mmTokens("States at the [MM] positions."),
    model: bridges("Bridging networks."),
  },
  params: {},
  outputs: { condition: condition("q', for the text half of every cross-attention.") },
  run: async ({ mmTokens: states, model }, _, context) => ({
    condition: await model.queries(context, states),
  }),
});
