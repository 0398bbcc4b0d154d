import type { Tensor } from "../onnx/graph.ts";
import { reshape } from "../onnx/ops/arrange.ts";
import { add, mul } from "../onnx/ops/elementwise.ts";
import { instanceNormalization } from "../onnx/ops/normalize.ts";
import { dimOf, sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/** Groups of channels, and what is added to a variance. */
export interface GroupNormOptions {
  readonly groups: number;
  /** @default 1e-5 */
  readonly epsilon?: number;
}

/**
 * Zero mean and unit variance over each group of channels and all pixels, then scale and shift a channel.
 * Shapes: x [N, C, H, W], weight [C], bias [C] -> [N, C, H, W]
 * Source: Group Normalization (arXiv:1803.08494), eq. 1 to 3.
 */
export function groupNorm(
  w: Weights,
  x: Tensor,
  { groups, epsilon = 1e-5 }: GroupNormOptions,
): Tensor {
  const channels = sizeOf(x, 1);
  const weight = w.get("weight", [channels], { fill: 1 });
  const bias = w.get("bias", [channels], { fill: 0 });
  const elements = (channels / groups) * sizeOf(x, 2) * sizeOf(x, 3);
  const grouped = reshape(x, [dimOf(x, 0), groups, elements]);
  const normal = reshape(instanceNormalization(grouped, epsilon), x.shape);
  return add(mul(normal, reshape(weight, [channels, 1, 1])), reshape(bias, [channels, 1, 1]));
}
