import type { Tensor } from "../onnx/graph.ts";
import { layerNormalization } from "../onnx/ops/normalize.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/**
 * Zero mean and unit variance over the last axis, then scale and shift.
 * Shapes: x [.., D], weight [D], bias [D] -> [.., D]
 * Source: Layer Normalization (arXiv:1607.06450), eq. 4.
 */
export function layerNorm(w: Weights, x: Tensor, epsilon = 1e-5): Tensor {
  const width = sizeOf(x, -1);
  const weight = w.get("weight", [width], { fill: 1 });
  const bias = w.get("bias", [width], { fill: 0 });
  return layerNormalization(x, weight, bias, epsilon);
}
