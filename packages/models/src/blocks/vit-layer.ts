import { attend } from "../layers/attend.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { linear } from "../layers/linear.ts";
import type { Tensor } from "../onnx/graph.ts";
import { add, gelu } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/** Sizes of a layer of a vision transformer. */
export interface VitLayerConfig {
  readonly heads: number;
  /** Width inside the perceptron. */
  readonly hidden: number;
  readonly epsilon: number;
  /** Whether queries, keys and values have offsets. */
  readonly hasBias: boolean;
}

/**
 * Pre-norm self-attention and a two-layer perceptron, each added to what it read.
 * Shapes: x [N, L, D] -> [N, L, D]
 * Source: ViT (arXiv:2010.11929), section 3.1; weight names as in transformers' ViTLayer.
 */
export function vitLayer(w: Weights, x: Tensor, config: VitLayerConfig): Tensor {
  const { heads, hidden, epsilon, hasBias } = config;
  const out = sizeOf(x, -1);
  const normal = layerNorm(w.at("layernorm_before"), x, epsilon);
  const project = (name: string): Tensor =>
    linear(w.at(`attention.attention.${name}`), normal, { out, bias: hasBias });
  const mixed = attend(project("query"), project("key"), project("value"), heads);
  const own = add(x, linear(w.at("attention.output.dense"), mixed, { out }));
  const second = layerNorm(w.at("layernorm_after"), own, epsilon);
  const wide = gelu(linear(w.at("intermediate.dense"), second, { out: hidden }));
  return add(own, linear(w.at("output.dense"), wide, { out }));
}
