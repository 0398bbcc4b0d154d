import { constant, type Tensor } from "../onnx/graph.ts";
import { layerNormalization } from "../onnx/ops/normalize.ts";
import { sizeOf } from "../onnx/shape.ts";

/**
 * Zero mean and unit variance over the last axis, without scale and shift of its own.
 * Shapes: x [.., D] -> [.., D]
 * Source: Layer Normalization (arXiv:1607.06450), eq. 4.
 */
export function plainNorm(x: Tensor, epsilon: number): Tensor {
  const width = sizeOf(x, -1);
  const fill = (value: number): Tensor =>
    constant(x.graph, new Float32Array(width).fill(value), [width]);
  return layerNormalization(x, fill(1), fill(0), epsilon);
}
