import type { OnnxNode, Shape, Tensor } from "../../onnx/graph.ts";
import { expand, reshape } from "../../onnx/ops/arrange.ts";
import { mul } from "../../onnx/ops/elementwise.ts";
import { knownCount } from "../../onnx/shape.ts";
import { type GradientRule, inputAt, ruleOfFirst } from "../rule.ts";

function reducedAxes(node: OnnxNode): ReadonlySet<number> {
  const { graph, name } = inputAt(node, 1);
  return new Set(Array.from(graph.constants.get(name)?.values ?? []));
}

/** The gradient with its reduced axes back as ones. */
function restored(dy: Tensor, node: OnnxNode): Tensor {
  const axes = reducedAxes(node);
  const shape: Shape = inputAt(node, 0).shape.map((size, axis) => (axes.has(axis) ? 1 : size));
  return reshape(dy, shape);
}

function spread(dy: Tensor, node: OnnxNode): Tensor {
  return expand(restored(dy, node), inputAt(node, 0).shape.map(Number));
}

/** Gradients of reductions. */
export const reduceRules: Readonly<Record<string, GradientRule>> = {
  ReduceSum: ruleOfFirst((dy, node) => [spread(dy, node)]),
  ReduceMean: ruleOfFirst((dy, node, [x]) => {
    const ratio = knownCount(dy.shape) / knownCount((x as Tensor).shape);
    return [spread(mul(dy, ratio), node)];
  }),
  ReduceSumSquare: ruleOfFirst((dy, node, [x]) => [mul(x as Tensor, mul(restored(dy, node), 2))]),
};
