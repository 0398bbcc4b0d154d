import { append, appendNode, constant, type Tensor } from "../graph.ts";
import { dimOf, sizeOf } from "../shape.ts";

/** Softmax over the last axis. Shapes: x [.., D] -> the same */
export function softmax(x: Tensor): Tensor {
  return append("Softmax", [x], { dtype: x.dtype, shape: x.shape }, { axis: -1 });
}

/** Logarithm of the softmax over the last axis. Shapes: x [.., D] -> the same */
export function logSoftmax(x: Tensor): Tensor {
  return append("LogSoftmax", [x], { dtype: x.dtype, shape: x.shape }, { axis: -1 });
}

/**
 * Zero mean and unit variance over the last axis, then scale and bias.
 * Shapes: x [.., D], scale [D], bias [D] -> [.., D]
 * Source: arXiv:1607.06450.
 */
export function layerNormalization(
  x: Tensor,
  scale: Tensor,
  bias: Tensor,
  epsilon: number,
): Tensor {
  const statistic = { dtype: x.dtype, shape: [...x.shape.slice(0, -1), 1] };
  const [y] = appendNode(
    "LayerNormalization",
    [x, scale, bias],
    [{ dtype: x.dtype, shape: x.shape }, statistic, statistic],
    { axis: -1, epsilon: { float: epsilon } },
  );
  return y as Tensor;
}

/**
 * Zero mean and unit variance over the last axis, per row and group, without scale and bias.
 * Shapes: x [N, G, D] -> the same
 * Source: arXiv:1607.08022.
 */
export function instanceNormalization(x: Tensor, epsilon: number): Tensor {
  const groups = sizeOf(x, 1);
  const fill = (value: number): Tensor =>
    constant(x.graph, new Float32Array(groups).fill(value), [groups], x.dtype);
  return append(
    "InstanceNormalization",
    [x, fill(1), fill(0)],
    { dtype: x.dtype, shape: [dimOf(x, 0), groups, dimOf(x, 2)] },
    { epsilon: { float: epsilon } },
  );
}
