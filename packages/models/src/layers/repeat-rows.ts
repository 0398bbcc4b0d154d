import { append, constant, type Tensor } from "../onnx/graph.ts";
import { concat, expand } from "../onnx/ops/arrange.ts";
import { dimOf, sizeOf } from "../onnx/shape.ts";

/**
 * What is learnt once, for every row of a batch.
 * Shapes: learnt [1, Q, D], like [N, ..] -> [N, Q, D]
 * Source: ONNX's Expand.
 */
export function repeatRows(learnt: Tensor, like: Tensor): Tensor {
  const [batch, count, width] = [dimOf(like, 0), sizeOf(learnt, 1), sizeOf(learnt, 2)];
  if (typeof batch === "number") return expand(learnt, [batch, count, width]);
  const rows = append("Shape", [like], { dtype: "int64", shape: [1] }, { start: 0, end: 1 });
  const rest = constant(like.graph, [count, width], [2], "int64");
  const shape = [batch, count, width];
  return append("Expand", [learnt, concat([rows, rest], 0)], { dtype: learnt.dtype, shape });
}
