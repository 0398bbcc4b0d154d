import { scalar, type Tensor } from "../../onnx/graph.ts";
import * as ops from "../../onnx/ops/elementwise.ts";
import { type GradientRule, ruleOfFirst, unbroadcast } from "../rule.ts";

type Pair = readonly [Tensor, Tensor];

/** `rule` gives what is summed over the axes along which each side was broadcast; `sign` is the second side's. */
const pairRule = (
  rule: (dy: Tensor, pair: Pair, y: Tensor) => Pair,
  sign: (db: Tensor) => Tensor = (db) => db,
): GradientRule =>
  ruleOfFirst((dy, node, [a, b]) => {
    const [da, db] = rule(dy, [a, b] as unknown as Pair, node.outputs[0] as Tensor);
    return [unbroadcast(da, a as Tensor), sign(unbroadcast(db, b as Tensor))];
  });

const pointRule = (slope: (dy: Tensor, x: Tensor, y: Tensor) => Tensor): GradientRule =>
  ruleOfFirst((dy, node, [x]) => [slope(dy, x as Tensor, node.outputs[0] as Tensor)]);

/** Density of the standard normal distribution. */
function normalDensity(x: Tensor): Tensor {
  return ops.mul(ops.exp(ops.mul(ops.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
}

function normalCumulative(x: Tensor): Tensor {
  return ops.mul(ops.add(ops.erf(ops.mul(x, Math.SQRT1_2)), 1), 0.5);
}

/** d gelu(x) = Phi(x) + x phi(x) */
const geluSlope = (x: Tensor): Tensor => ops.add(normalCumulative(x), ops.mul(x, normalDensity(x)));

/** Gradients of operators that act on each element. */
export const elementwiseRules: Readonly<Record<string, GradientRule>> = {
  Add: pairRule((dy) => [dy, dy]),
  Sub: pairRule((dy) => [dy, dy], ops.neg),
  Mul: pairRule((dy, [a, b]) => [ops.mul(dy, b), ops.mul(dy, a)]),
  Div: pairRule((dy, [, b], y) => {
    const da = ops.div(dy, b);
    return [da, ops.mul(da, y)];
  }, ops.neg),
  Neg: pointRule((dy) => ops.neg(dy)),
  Exp: pointRule((dy, _, y) => ops.mul(dy, y)),
  Sqrt: pointRule((dy, _, y) => ops.div(ops.mul(dy, 0.5), y)),
  Sin: pointRule((dy, x) => ops.mul(dy, ops.cos(x))),
  Cos: pointRule((dy, x) => ops.neg(ops.mul(dy, ops.sin(x)))),
  Sigmoid: pointRule((dy, _, y) => ops.mul(dy, ops.mul(y, ops.sub(scalar(y.graph, 1), y)))),
  Softplus: pointRule((dy, x) => ops.mul(dy, ops.sigmoid(x))),
  Relu: pointRule((dy, x) => ops.mul(dy, ops.step(x))),
  Gelu: pointRule((dy, x) => ops.mul(dy, geluSlope(x))),
  Identity: () => [],
};
