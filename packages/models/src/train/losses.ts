import { constant, scalar, type Tensor } from "../onnx/graph.ts";
import { gather, reshape } from "../onnx/ops/arrange.ts";
import { convolution } from "../onnx/ops/convolution.ts";
import { add, div, mul, neg, softplus, sqrt, square, sub } from "../onnx/ops/elementwise.ts";
import { logSoftmax } from "../onnx/ops/normalize.ts";
import { reduceMean, reduceSum } from "../onnx/ops/reduce.ts";
import { knownCount, sizeOf } from "../onnx/shape.ts";

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
  | "diffusion"
  | "pixels"
  | "structure"
  | "perceptual";

/** A stage's losses. Shapes: [] each */
export type Losses = Readonly<Partial<Record<LossName, Tensor>>>;

/** Mean of squared differences, each times a weight that broadcasts. Shapes: a, b [..] -> [] */
export function squaredError(a: Tensor, b: Tensor, weight?: Tensor): Tensor {
  const error = square(sub(a, b));
  return reduceMean(weight === undefined ? error : mul(error, weight));
}

/** Mean of absolute differences, each times a weight that broadcasts; smooth within 1e-3 of zero. Shapes: a, b [..] -> [] */
export function absoluteError(a: Tensor, b: Tensor, weight: Tensor): Tensor {
  return reduceMean(mul(sqrt(add(square(sub(a, b)), 1e-6)), weight));
}

/** Side of the windows that structures are compared in, in pixels. */
const windowSide = 7;

/**
 * 1 - SSIM, with even windows of 7 x 7 pixels.
 * Shapes: a, b [N, C, H, W] in [-1, 1] -> []
 * Source: SSIM (Wang et al. 2004), eq. 13.
 */
export function structuralDissimilarity(a: Tensor, b: Tensor): Tensor {
  const [height, width] = [sizeOf(a, 2), sizeOf(a, 3)];
  const even = Array.from({ length: windowSide ** 2 }, () => 1 / windowSide ** 2);
  const kernel = constant(a.graph, even, [1, 1, windowSide, windowSide]);
  const mean = (x: Tensor): Tensor =>
    convolution(reshape(x, [knownCount(x.shape) / (height * width), 1, height, width]), kernel);
  const [meanA, meanB] = [mean(a), mean(b)];
  const [squareA, squareB, product] = [square(meanA), square(meanB), mul(meanA, meanB)];
  // Of a range of 2.
  const [c1, c2] = [(0.01 * 2) ** 2, (0.03 * 2) ** 2];
  const covariance = sub(mean(mul(a, b)), product);
  const variances = sub(add(mean(square(a)), mean(square(b))), add(squareA, squareB));
  const above = mul(add(mul(product, 2), c1), add(mul(covariance, 2), c2));
  const below = mul(add(add(squareA, squareB), c1), add(variances, c2));
  return sub(scalar(a.graph, 1), reduceMean(div(above, below)));
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
