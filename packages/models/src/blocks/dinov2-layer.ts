import { attend } from "../layers/attend.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { linear } from "../layers/linear.ts";
import type { Tensor } from "../onnx/graph.ts";
import { add, gelu, mul } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/** Sizes of a layer of DINOv2. */
export interface Dinov2LayerConfig {
  readonly heads: number;
  /** Width inside the perceptron. */
  readonly hidden: number;
  readonly epsilon: number;
  /** Whether queries, keys and values have offsets. */
  readonly hasBias: boolean;
}

/** One learnt factor a feature. Shapes: x [N, L, D], lambda1 [D] -> [N, L, D] */
function scaleFeatures(w: Weights, x: Tensor): Tensor {
  return mul(x, w.get("lambda1", [sizeOf(x, -1)], { fill: 1 }));
}

/**
 * Pre-norm self-attention and a two-layer perceptron, each scaled feature by feature before it is added.
 * Shapes: x [N, L, D] -> [N, L, D]
 * Source: DINOv2 (arXiv:2304.07193), with LayerScale (arXiv:2103.17239); weight names as in transformers' Dinov2Layer.
 */
export function dinov2Layer(w: Weights, x: Tensor, config: Dinov2LayerConfig): Tensor {
  const { heads, hidden, epsilon, hasBias } = config;
  const out = sizeOf(x, -1);
  const normal = layerNorm(w.at("norm1"), x, epsilon);
  const project = (name: string): Tensor =>
    linear(w.at(`attention.attention.${name}`), normal, { out, bias: hasBias });
  const mixed = attend(project("query"), project("key"), project("value"), heads);
  const seen = linear(w.at("attention.output.dense"), mixed, { out });
  const own = add(x, scaleFeatures(w.at("layer_scale1"), seen));
  const second = layerNorm(w.at("norm2"), own, epsilon);
  const wide = gelu(linear(w.at("mlp.fc1"), second, { out: hidden }));
  const told = linear(w.at("mlp.fc2"), wide, { out });
  return add(own, scaleFeatures(w.at("layer_scale2"), told));
}
