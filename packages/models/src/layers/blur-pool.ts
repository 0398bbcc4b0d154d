import type { Tensor } from "../onnx/graph.ts";
import { concat, sliceAxis } from "../onnx/ops/arrange.ts";
import { averagePool } from "../onnx/ops/pooling.ts";
import { sizeOf } from "../onnx/shape.ts";

/** Two rows or columns mirrored on each side, without repeating the edge. */
function mirrorTwo(x: Tensor, axis: number): Tensor {
  const size = sizeOf(x, axis);
  const places = [2, 1, size - 2, size - 3];
  const [second, first, last, beforeLast] = places.map((at) => sliceAxis(x, axis, at, at + 1));
  return concat([second, first, x, last, beforeLast] as Tensor[], axis);
}

/**
 * Every second pixel of a picture blurred by the binomial filter 1 2 1, on pixels mirrored beyond the edges. The filter
 * is that of two means of 2 x 2 in turn.
 * Shapes: x [N, C, H, W] -> [N, C, (H + 3) / 2, (W + 3) / 2], rounded down; H and W at least 3
 * Source: Making Convolutional Networks Shift-Invariant Again (arXiv:1904.11486), section 3.2; two pixels of padding as in
 * Shift-tolerant Perceptual Similarity Metric (arXiv:2207.13686), section 4.
 */
export function blurPool(x: Tensor): Tensor {
  const mirrored = mirrorTwo(mirrorTwo(x, 2), 3);
  return averagePool(averagePool(mirrored, { kernel: 2 }), { kernel: 2, stride: 2 });
}
