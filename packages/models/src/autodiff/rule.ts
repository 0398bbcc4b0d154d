import { ModelError } from "../errors.ts";
import { constant, type OnnxNode, type Tensor } from "../onnx/graph.ts";
import { reshape } from "../onnx/ops/arrange.ts";
import { gemm } from "../onnx/ops/matrix.ts";
import { reduceSum } from "../onnx/ops/reduce.ts";
import { knownCount } from "../onnx/shape.ts";

/**
 * Gradient of each input of a node from the gradients of its outputs; `undefined` where an output does not
 * matter, or where an input takes no gradient.
 */
export type GradientRule = (
  node: OnnxNode,
  gradients: readonly (Tensor | undefined)[],
) => readonly (Tensor | undefined)[];

/** What to throw for an operator, or a form of it, whose gradient nobody wrote. */
export function noRule(node: OnnxNode, form = ""): ModelError {
  return new ModelError("autodiff.no-rule", `${node.op}${form} has no gradient rule.`, {
    at: node.outputs[0]?.name ?? node.op,
    hint: "Add it to packages/models/src/autodiff/rules.",
  });
}

/** A rule for a node whose only differentiated output is its first. */
export function ruleOfFirst(
  rule: (dy: Tensor, node: OnnxNode, inputs: readonly Tensor[]) => readonly (Tensor | undefined)[],
): GradientRule {
  return (node, [dy]) => (dy === undefined ? [] : rule(dy, node, node.inputs));
}

/** An input of a node that must be there. Throws: autodiff.no-rule. */
export function inputAt(node: OnnxNode, index: number): Tensor {
  const input = node.inputs[index];
  if (input === undefined) throw new RangeError(`${node.op} has no input ${index}`);
  return input;
}

/** Sum over the first axes, as a row of ones times the rest: a CPU adds up rows of a product two to eight times as fast. */
function sumOfFirst(x: Tensor, axes: number): Tensor {
  const [count, width] = [knownCount(x.shape.slice(0, axes)), knownCount(x.shape.slice(axes))];
  const ones = constant(x.graph, new Float32Array(count).fill(1), [1, count]);
  return gemm(ones, reshape(x, [count, width]));
}

/** Sums a gradient over the axes along which its value was broadcast. */
export function unbroadcast(gradient: Tensor, like: Tensor): Tensor {
  const extra = gradient.shape.length - like.shape.length;
  const axes = gradient.shape.flatMap((size, axis) => {
    const own = axis < extra ? 1 : like.shape[axis - extra];
    return axis < extra || (own === 1 && size !== 1) ? [axis] : [];
  });
  if (axes.length === 0) return gradient;
  const areFirst = axes.every((axis, at) => axis === at);
  const sum = areFirst ? sumOfFirst(gradient, axes.length) : reduceSum(gradient, axes, true);
  return reshape(sum, like.shape);
}
