import { attend } from "../layers/attend.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { linear } from "../layers/linear.ts";
import type { Tensor } from "../onnx/graph.ts";
import { add, gelu, quickGelu } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/** The activations that CLIP's configs name. */
export const clipActivations = { gelu, quick_gelu: quickGelu };

/** Sizes of a CLIP layer. */
export interface ClipLayerConfig {
  readonly heads: number;
  /** Width inside the perceptron. */
  readonly hidden: number;
  /** @default gelu */
  readonly activation?: keyof typeof clipActivations;
  /** @default 1e-5 */
  readonly epsilon?: number;
}

/**
 * Pre-norm self-attention and a two-layer perceptron; a mask [L, L] is 0 where a position may look.
 * Shapes: x [N, L, D] -> [N, L, D]
 * Source: CLIP (arXiv:2103.00020), section 2.4; weight names as in transformers' CLIPEncoderLayer.
 */
export function clipEncoderLayer(
  w: Weights,
  x: Tensor,
  { heads, hidden, activation = "gelu", epsilon = 1e-5 }: ClipLayerConfig,
  mask?: Tensor,
): Tensor {
  const out = sizeOf(x, -1);
  const normal = layerNorm(w.at("layer_norm1"), x, epsilon);
  const project = (name: string): Tensor => linear(w.at(`self_attn.${name}`), normal, { out });
  const mixed = attend(project("q_proj"), project("k_proj"), project("v_proj"), heads, mask);
  const own = add(x, linear(w.at("self_attn.out_proj"), mixed, { out }));
  const second = layerNorm(w.at("layer_norm2"), own, epsilon);
  const wide = clipActivations[activation](linear(w.at("mlp.fc1"), second, { out: hidden }));
  return add(own, linear(w.at("mlp.fc2"), wide, { out }));
}

/** Sizes of a stack of CLIP layers. */
export interface ClipEncoderConfig extends ClipLayerConfig {
  readonly layers: number;
}

/**
 * CLIP's layers one after another.
 * Shapes: x [N, L, D] -> [N, L, D]
 * Source: CLIP (arXiv:2103.00020), section 2.4; weight names as in transformers' CLIPEncoder.
 */
export function clipEncoder(
  w: Weights,
  x: Tensor,
  config: ClipEncoderConfig,
  mask?: Tensor,
): Tensor {
  let h = x;
  for (let index = 0; index < config.layers; index++) {
    h = clipEncoderLayer(w.at(`layers.${index}`), h, config, mask);
  }
  return h;
}
