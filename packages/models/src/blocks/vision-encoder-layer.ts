import { attend } from "../layers/attend.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { linear } from "../layers/linear.ts";
import type { Tensor } from "../onnx/graph.ts";
import { add, gelu } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/**
 * Pre-norm self-attention and a two-layer perceptron.
 * Shapes: x [N, L, D] -> [N, L, D]
 * Source: CLIP (arXiv:2103.00020), section 2.4; weight names as in transformers' CLIPEncoderLayer.
 */
export function visionEncoderLayer(w: Weights, x: Tensor, heads: number): Tensor {
  const out = sizeOf(x, -1);
  const normal = layerNorm(w.at("layer_norm1"), x);
  const project = (name: string): Tensor => linear(w.at(`self_attn.${name}`), normal, { out });
  const mixed = attend(project("q_proj"), project("k_proj"), project("v_proj"), heads);
  const own = add(x, linear(w.at("self_attn.out_proj"), mixed, { out }));
  const second = layerNorm(w.at("layer_norm2"), own);
  const hidden = gelu(linear(w.at("mlp.fc1"), second, { out: 4 * out }));
  return add(own, linear(w.at("mlp.fc2"), hidden, { out }));
}
