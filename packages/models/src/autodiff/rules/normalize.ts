import type { OnnxNode, Tensor } from "../../onnx/graph.ts";
import { add, div, exp, mul, sqrt, square, sub } from "../../onnx/ops/elementwise.ts";
import { reduceMean, reduceSum } from "../../onnx/ops/reduce.ts";
import { type GradientRule, ruleOfFirst, unbroadcast } from "../rule.ts";

const meanLast = (x: Tensor): Tensor => reduceMean(x, [-1], true);
const sumLast = (x: Tensor): Tensor => reduceSum(x, [-1], true);

/** Gradient through y = (x - mean) inverse, given y and dy. */
function throughNormal(dy: Tensor, y: Tensor, inverse: Tensor): Tensor {
  const centred = sub(dy, meanLast(dy));
  return mul(sub(centred, mul(y, meanLast(mul(dy, y)))), inverse);
}

const layerRule = ruleOfFirst((dy, node, inputs) => {
  const [x, scale, bias] = inputs as readonly [Tensor, Tensor, Tensor];
  const [, mean, inverse] = node.outputs as readonly [Tensor, Tensor, Tensor];
  const normal = mul(sub(x, mean), inverse);
  return [
    throughNormal(mul(dy, scale), normal, inverse),
    unbroadcast(mul(dy, normal), scale),
    unbroadcast(dy, bias),
  ];
});

function epsilonOf(node: OnnxNode): number {
  return (node.attributes["epsilon"] as { readonly float: number }).float;
}

/** The builder gives this operator unit scale and no bias, so its output is the normal value itself. */
const instanceRule = ruleOfFirst((dy, node, [x]) => {
  const source = x as Tensor;
  // Centred first: the mean of squares less the square of the mean would lose digits where the mean is large.
  const variance = meanLast(square(sub(source, meanLast(source))));
  const deviation = sqrt(add(variance, epsilonOf(node)));
  const y = node.outputs[0] as Tensor;
  const centred = sub(dy, meanLast(dy));
  return [div(sub(centred, mul(y, meanLast(mul(dy, y)))), deviation)];
});

/** Gradients of softmax and norms. */
export const normalizeRules: Readonly<Record<string, GradientRule>> = {
  Softmax: ruleOfFirst((dy, node) => {
    const y = node.outputs[0] as Tensor;
    return [mul(sub(dy, sumLast(mul(dy, y))), y)];
  }),
  LogSoftmax: ruleOfFirst((dy, node) => {
    const y = node.outputs[0] as Tensor;
    return [sub(dy, mul(exp(y), sumLast(dy)))];
  }),
  LayerNormalization: layerRule,
  InstanceNormalization: instanceRule,
};
