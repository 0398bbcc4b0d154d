import type { Init, Tensor } from "../onnx/graph.ts";
import { convolution, type Sides } from "../onnx/ops/convolution.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/** Channels of the result, and how the kernel walks over the input. */
export interface Conv2dOptions {
  readonly out: number;
  readonly kernel: number;
  /** @default 1 */
  readonly stride?: number;
  /** @default 0 */
  readonly padding?: number | Sides;
  /** Groups of channels that are convolved apart. @default 1 */
  readonly groups?: number;
  /** @default true */
  readonly bias?: boolean;
  /** @default normal with variance 1 / (C k k), C of a group */
  readonly init?: Init;
}

/**
 * Two-dimensional convolution.
 * Shapes: x [N, C, H, W], weight [out, C / groups, k, k], bias [out] -> [N, out, H', W']
 * Source: PyTorch's nn.Conv2d.
 */
export function conv2d(w: Weights, x: Tensor, options: Conv2dOptions): Tensor {
  const { out, kernel, stride = 1, padding = 0, groups = 1, bias = true, init } = options;
  const channels = sizeOf(x, 1) / groups;
  const std = 1 / Math.sqrt(channels * kernel * kernel);
  const weight = w.get("weight", [out, channels, kernel, kernel], init ?? { std });
  const offset = bias ? w.get("bias", [out], { fill: 0 }) : undefined;
  const y = convolution(x, weight, offset, { stride, padding, groups });
  // An adapter's branch would mix the groups.
  return groups === 1 ? w.refine(x, y, { kernel, stride, padding }) : y;
}
