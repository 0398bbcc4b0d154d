import type { Tensor } from "../onnx/graph.ts";
import { resizeNearest, resizeNearestTo } from "../onnx/ops/resize.ts";
import { sizeOf } from "../onnx/shape.ts";

/**
 * Twice the size, or one less where the way down rounded up.
 * Shapes: x [N, C, h, w], like [N, D, H, W] -> [N, C, H, W]
 * Source: diffusers' UNet2DConditionModel, which passes the size of the next skip to its upsamplers.
 */
export function upsampleTo(x: Tensor, like: Tensor): Tensor {
  const [height, width] = [sizeOf(like, 2), sizeOf(like, 3)];
  const isExact = height === 2 * sizeOf(x, 2) && width === 2 * sizeOf(x, 3);
  return isExact ? resizeNearest(x, 2) : resizeNearestTo(x, height, width);
}
