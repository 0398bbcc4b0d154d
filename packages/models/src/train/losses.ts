import { constant, type Tensor } from "../onnx/graph.ts";
import { gather } from "../onnx/ops/arrange.ts";
import { mul, neg, softplus, square, sub } from "../onnx/ops/elementwise.ts";
import { logSoftmax } from "../onnx/ops/normalize.ts";
import { reduceMean, reduceSum } from "../onnx/ops/reduce.ts";
import { sizeOf } from "../onnx/shape.ts";

/** Losses of the bidirectional interaction; a network without one has none of them. */
export const interactionLosses = ["point", "where", "draft"] as const;
/** A loss of the bidirectional interaction. */
export type InteractionLoss = (typeof interactionLosses)[number];

/** Every loss of InsightEdit's training; each stage has some of them. */
export type LossName =
  | InteractionLoss
  | "place"
  | "gone"
  | "come"
  | "cells"
  | "align"
  | "diffusion";

/** A stage's losses. Shapes: [] each */
export type Losses = Readonly<Partial<Record<LossName, Tensor>>>;

/** Mean of squared differences, each times a weight that broadcasts. Shapes: a, b [..] -> [] */
export function squaredError(a: Tensor, b: Tensor, weight?: Tensor): Tensor {
  const error = square(sub(a, b));
  return reduceMean(weight === undefined ? error : mul(error, weight));
}

/** Mean negative log-likelihood of labels. Shapes: logits [.., K], labels [..] int64 -> [] */
export function crossEntropy(logits: Tensor, labels: Tensor): Tensor {
  const classes = sizeOf(logits, -1);
  const identity = Array.from({ length: classes ** 2 }, (_, at) => (at % (classes + 1) ? 0 : 1));
  const oneHot = gather(constant(logits.graph, identity, [classes, classes]), labels);
  return neg(reduceMean(reduceSum(mul(logSoftmax(logits), oneHot), [-1])));
}

/** Mean binary cross-entropy against probabilities. Shapes: logits [..], truth [..] -> [] */
export function binaryCrossEntropy(logits: Tensor, truth: Tensor): Tensor {
  return reduceMean(sub(softplus(logits), mul(logits, truth)));
}
