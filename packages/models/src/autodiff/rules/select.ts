import { append, constant, scalar, type Tensor } from "../../onnx/graph.ts";
import { reshape, transpose } from "../../onnx/ops/arrange.ts";
import { mul, step, sub } from "../../onnx/ops/elementwise.ts";
import { matmul } from "../../onnx/ops/matrix.ts";
import { where } from "../../onnx/ops/select.ts";
import { dimOf, sizeOf } from "../../onnx/shape.ts";
import { type GradientRule, inputAt, noRule, ruleOfFirst, unbroadcast } from "../rule.ts";

const whereRule = ruleOfFirst((dy, _, [condition, yes, no]) => {
  const zero = scalar(dy.graph, 0);
  const taken = condition as Tensor;
  return [
    undefined,
    unbroadcast(where(taken, dy, zero), yes as Tensor),
    unbroadcast(where(taken, zero, dy), no as Tensor),
  ];
});

/** Nothing passes at the limits and beyond. */
const clipRule = ruleOfFirst((dy, _, [x, low, high]) => {
  const above = step(sub(x as Tensor, low as Tensor));
  const below = step(sub(high as Tensor, x as Tensor));
  return [mul(dy, mul(above, below))];
});

/** Rows of each row of the batch are found again by comparing: one-hot rows times the gradient. */
const gatherRowsRule = ruleOfFirst((dy, node, [x]) => {
  const source = x as Tensor;
  const places = inputAt(node, 1);
  const isRows = source.shape.length === 3 && places.shape.length === 3;
  if (node.attributes["batch_dims"] !== 1 || !isRows) throw noRule(node, " of other than rows");
  const [length, count] = [sizeOf(source, 1), sizeOf(places, 1)];
  const depth = constant(dy.graph, [length], [1], "int64");
  const values = constant(dy.graph, [0, 1], [2]);
  const flat = reshape(places, [dimOf(places, 0), count]);
  const shape = [...flat.shape, length];
  const hot = append("OneHot", [flat, depth, values], { dtype: dy.dtype, shape }, { axis: -1 });
  return [matmul(transpose(hot, [0, 2, 1]), dy)];
});

/** Gradients of operators that choose elements. */
export const selectRules: Readonly<Record<string, GradientRule>> = {
  Where: whereRule,
  Clip: clipRule,
  GatherND: gatherRowsRule,
};
