import { clipEncoder } from "../blocks/clip-encoder.ts";
import { causalMask } from "../layers/causal-mask.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { linear } from "../layers/linear.ts";
import type { Tensor } from "../onnx/graph.ts";
import { gather, reshape } from "../onnx/ops/arrange.ts";
import { add } from "../onnx/ops/elementwise.ts";
import { equal, firstTrue, gatherRows, greatest } from "../onnx/ops/select.ts";
import { dimOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";
import type { ClipTextConfig } from "./clip-config.ts";
import { defineNetwork } from "./define-network.ts";

interface TextStates {
  /** The last layer after the final norm [N, L, D] */
  readonly states: Tensor;
  /** The state at the end token [N, D] */
  readonly pooled: Tensor;
}

function textStates(w: Weights, ids: Tensor, config: ClipTextConfig): TextStates {
  const { vocabulary, maxTokens, width, endToken, epsilon } = config;
  const model = w.at("text_model");
  const embeddings = model.at("embeddings");
  const words = embeddings.get("token_embedding.weight", [vocabulary, width], { std: 0.02 });
  const places = embeddings.get("position_embedding.weight", [maxTokens, width], { std: 0.02 });
  const mask = causalMask(w.graph, maxTokens);
  const read = clipEncoder(model.at("encoder"), add(gather(words, ids), places), config, mask);
  const states = layerNorm(model.at("final_layer_norm"), read, epsilon);
  const end = firstTrue(equal(ids, endToken ?? greatest(ids)));
  return { states, pooled: reshape(gatherRows(states, end), [dimOf(ids, 0), width]) };
}

const textInputs = ({ maxTokens }: ClipTextConfig) => ({
  ids: { shape: ["N", maxTokens], dtype: "int64" as const },
});

/**
 * CLIP's text half: the states that a diffusion model reads, and the one that stands for the whole text.
 * Shapes: ids [N, L] -> states [N, L, D], pooled [N, D]
 * Source: CLIP (arXiv:2103.00020), section 2.4; transformers' CLIPTextModel, with its weight names.
 */
export const clipText = defineNetwork({
  name: "clip-text",
  inputs: textInputs,
  build: (w, { ids }, config) => ({ ...textStates(w, ids, config) }),
});

/**
 * A text as one vector of the space that it shares with pictures, not normalized.
 * Shapes: ids [N, L] -> embeds [N, P]
 * Source: CLIP (arXiv:2103.00020), section 2.3; transformers' CLIPTextModelWithProjection, with its weight names.
 */
export const clipTextEmbeds = defineNetwork({
  name: "clip-text-embeds",
  inputs: textInputs,
  build(w, { ids }, config) {
    const { pooled } = textStates(w, ids, config);
    const to = { out: config.projection, bias: false };
    return { embeds: linear(w.at("text_projection"), pooled, to) };
  },
});
