import { scalar, type Tensor } from "../onnx/graph.ts";
import { add } from "../onnx/ops/elementwise.ts";
import { type GradientRule, noRule } from "./rule.ts";
import { arrangeRules } from "./rules/arrange.ts";
import { convolutionRules } from "./rules/convolution.ts";
import { elementwiseRules } from "./rules/elementwise.ts";
import { matrixRules } from "./rules/matrix.ts";
import { normalizeRules } from "./rules/normalize.ts";
import { poolingRules } from "./rules/pooling.ts";
import { reduceRules } from "./rules/reduce.ts";
import { resizeRules } from "./rules/resize.ts";
import { selectRules } from "./rules/select.ts";

/** The gradient rule of each operator that has one. */
export const gradientRules: Readonly<Record<string, GradientRule>> = {
  ...elementwiseRules,
  ...arrangeRules,
  ...reduceRules,
  ...matrixRules,
  ...convolutionRules,
  ...normalizeRules,
  ...poolingRules,
  ...resizeRules,
  ...selectRules,
};

/**
 * Gradients of a scalar with respect to tensors, appended to the same graph as ordinary operators.
 * A tensor that the loss does not depend on gets `undefined`.
 * Throws: autodiff.no-rule.
 * Source: reverse accumulation (Linnainmaa 1970; Griewank and Walther 2008, chapter 3).
 */
export function gradients(
  loss: Tensor,
  wanted: readonly Tensor[],
): readonly (Tensor | undefined)[] {
  const { nodes } = loss.graph;
  const active = new Set(wanted.map(({ name }) => name));
  const forward = nodes.filter((node) => {
    if (node.op === "Identity" || !node.inputs.some(({ name }) => active.has(name))) return false;
    for (const { name } of node.outputs) active.add(name);
    return true;
  });
  const found = new Map<string, Tensor>([[loss.name, scalar(loss.graph, 1)]]);
  for (const node of forward.reverse()) {
    const incoming = node.outputs.map(({ name }) => found.get(name));
    if (incoming.every((gradient) => gradient === undefined)) continue;
    const rule = gradientRules[node.op];
    if (rule === undefined) throw noRule(node);
    rule(node, incoming).forEach((gradient, index) => {
      const input = node.inputs[index];
      if (gradient === undefined || input === undefined || !active.has(input.name)) return;
      const before = found.get(input.name);
      found.set(input.name, before === undefined ? gradient : add(before, gradient));
    });
  }
  return wanted.map(({ name }) => found.get(name));
}
