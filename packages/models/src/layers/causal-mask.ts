import { type Graph, scalar, type Tensor } from "../onnx/graph.ts";
import { expand } from "../onnx/ops/arrange.ts";
import { aboveDiagonal } from "../onnx/ops/select.ts";

/**
 * 0 where a position may look, which is at itself and back, and very negative where it may not.
 * Shapes: length L -> [L, L]
 * Source: Attention Is All You Need (arXiv:1706.03762), section 3.2.3.
 */
export function causalMask(graph: Graph, length: number): Tensor {
  // Half precision holds no less than -65504.
  return aboveDiagonal(expand(scalar(graph, -6e4), [length, length]));
}
