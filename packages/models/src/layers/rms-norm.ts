import type { Tensor } from "../onnx/graph.ts";
import { add, div, mul, sqrt, square } from "../onnx/ops/elementwise.ts";
import { reduceMean } from "../onnx/ops/reduce.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/**
 * x / sqrt(mean(x^2) + epsilon) * weight over the last axis.
 * Shapes: x [.., D], weight [D] -> [.., D]
 * Source: Root Mean Square Layer Normalization (arXiv:1910.07467), eq. 4; as in Llama.
 */
export function rmsNorm(w: Weights, x: Tensor, epsilon = 1e-6): Tensor {
  const weight = w.get("weight", [sizeOf(x, -1)], { fill: 1 });
  const scale = sqrt(add(reduceMean(square(x), [-1], true), epsilon));
  return mul(div(x, scale), weight);
}
