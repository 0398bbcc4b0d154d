import {
  type BidirectionalInteractionConfig,
  bidirectionalInteraction,
  type Interaction,
} from "../blocks/bidirectional-interaction.ts";
import {
  type ImageAlignmentAdapterConfig,
  imageAlignmentAdapter,
} from "../blocks/image-alignment-adapter.ts";
import { type QFormerConfig, qFormer } from "../blocks/q-former.ts";
import type { Shape, Tensor } from "../onnx/graph.ts";
import type { Weights } from "../onnx/weights.ts";
import { defineNetwork } from "./define-network.ts";

/** What the bidirectional interaction gives. */
export type { Interaction };

/** Sizes of the modules between comprehension and denoising. */
export interface BridgeConfig {
  readonly mmTokens: number;
  readonly mmWidth: number;
  readonly visionWidth: number;
  readonly qFormer: QFormerConfig;
  readonly interaction: BidirectionalInteractionConfig;
  readonly adapter: ImageAlignmentAdapterConfig;
}

const mmShape = ({ mmTokens, mmWidth }: BridgeConfig): Shape => ["N", mmTokens, mmWidth];

/**
 * Q-Former, then the bidirectional interaction, with the states that training asks about.
 * Shapes: mmTokens [N, r, D], vision [N, P, V] -> `Interaction`
 */
export function bridgeToText(
  w: Weights,
  { mmTokens, vision }: { readonly mmTokens: Tensor; readonly vision: Tensor },
  config: BridgeConfig,
): Interaction {
  const query = qFormer(w, mmTokens, config.qFormer);
  return bidirectionalInteraction(w, query, vision, config.interaction);
}

/**
 * Q-Former, then the bidirectional interaction with the vision tokens.
 * Shapes: mmTokens [N, r, D], vision [N, P, V] -> text [N, S, E], visual [N, C, H, W]
 * Source: InsightEdit (arXiv:2411.17323), section 3.2.
 */
export const textBridge = defineNetwork({
  name: "text-bridge",
  inputs: (config: BridgeConfig) => ({
    mmTokens: { shape: mmShape(config) },
    vision: { shape: ["N", config.interaction.grid ** 2, config.visionWidth] },
  }),
  build(w, inputs, config) {
    const { text, visual } = bridgeToText(w, inputs, config);
    return { text, visual };
  },
});

/**
 * Q-Former alone: what stands in for the text bridge without the bidirectional interaction.
 * Shapes: mmTokens [N, r, D] -> text [N, S, E]
 * Source: InsightEdit (arXiv:2411.17323), section 3.2; the ablation without BIM.
 */
export const queryBridge = defineNetwork({
  name: "query-bridge",
  inputs: (config: BridgeConfig) => ({ mmTokens: { shape: mmShape(config) } }),
  build(w, { mmTokens }, config) {
    return { text: qFormer(w, mmTokens, config.qFormer) };
  },
});

/**
 * The image branch.
 * Shapes: mmTokens [N, r, D] -> image [N, T, E]
 * Source: InsightEdit (arXiv:2411.17323), section 3.2.
 */
export const imageBridge = defineNetwork({
  name: "image-bridge",
  inputs: (config: BridgeConfig) => ({ mmTokens: { shape: mmShape(config) } }),
  build(w, { mmTokens }, config) {
    return {
      image: imageAlignmentAdapter(w.at("image_alignment_adapter"), mmTokens, config.adapter),
    };
  },
});
