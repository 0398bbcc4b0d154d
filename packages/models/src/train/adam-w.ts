import { declareInput, scalar, type Tensor } from "../onnx/graph.ts";
import { reshape } from "../onnx/ops/arrange.ts";
import { add, div, exp, min, mul, sqrt, square, sub } from "../onnx/ops/elementwise.ts";
import { reduceSumSquare } from "../onnx/ops/reduce.ts";

/** Settings of AdamW. */
export interface AdamWOptions {
  /** Decay rates of the gradient's first and second moments. */
  readonly beta1: number;
  readonly beta2: number;
  /** Added to the root of the second moment. */
  readonly epsilon: number;
  /** Decoupled, times the learning rate. */
  readonly weightDecay: number;
  /** Greatest length of the whole gradient. */
  readonly clip: number;
}

/** When a step is taken, and how far it may go; each [1]. */
export interface AdamWPace {
  /** Steps done before. */
  readonly step: Tensor;
  readonly rate: Tensor;
}

/** What a step leaves behind; parameters and moments [P], norm [1]. */
export interface AdamWStep {
  readonly parameters: Tensor;
  readonly first: Tensor;
  readonly second: Tensor;
  /** Length of the gradient before clipping. */
  readonly norm: Tensor;
}

/**
 * One step of AdamW over flat vectors, with the gradient clipped to a length. Declares the inputs `first` and `second`,
 * the moments.
 * Shapes: parameters [P], gradient [P], first [P], second [P] -> the same
 * Source: Decoupled Weight Decay Regularization (arXiv:1711.05101), algorithm 2.
 */
export function adamW(
  parameters: Tensor,
  gradient: Tensor,
  { step, rate }: AdamWPace,
  { beta1, beta2, epsilon, weightDecay, clip }: AdamWOptions,
): AdamWStep {
  const { graph, shape } = parameters;
  const first = declareInput(graph, "first", shape);
  const second = declareInput(graph, "second", shape);
  const norm = reshape(sqrt(reduceSumSquare(gradient)), [1]);
  const scale = min(div(scalar(graph, clip), add(norm, 1e-12)), 1);
  const m = add(mul(first, beta1), mul(gradient, mul(scale, 1 - beta1)));
  const v = add(mul(second, beta2), mul(square(gradient), mul(square(scale), 1 - beta2)));
  // 1 - beta^t: how much of its weight a moment has gathered by step t.
  const gathered = (beta: number): Tensor =>
    sub(scalar(graph, 1), exp(mul(add(step, 1), Math.log(beta))));
  // (m / g1) / (sqrt(v / g2) + epsilon), with sqrt(g2) taken out: one pass over the vectors less.
  const spread = sqrt(gathered(beta2));
  const deviation = add(sqrt(v), mul(spread, epsilon));
  const move = div(mul(m, div(mul(rate, spread), gathered(beta1))), deviation);
  const kept =
    weightDecay === 0 ? parameters : mul(parameters, sub(scalar(graph, 1), mul(rate, weightDecay)));
  return { parameters: sub(kept, move), first: m, second: v, norm };
}
