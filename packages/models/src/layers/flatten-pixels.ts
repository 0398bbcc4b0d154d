import type { Tensor } from "../onnx/graph.ts";
import { reshape, transpose } from "../onnx/ops/arrange.ts";
import { dimOf, sizeOf } from "../onnx/shape.ts";

/**
 * One token a pixel, in rows.
 * Shapes: x [N, C, H, W] -> [N, H W, C]
 * Source: diffusers' Transformer2DModel.
 */
export function flattenPixels(x: Tensor): Tensor {
  const [channels, height, width] = [sizeOf(x, 1), sizeOf(x, 2), sizeOf(x, 3)];
  return transpose(reshape(x, [dimOf(x, 0), channels, height * width]), [0, 2, 1]);
}

/**
 * The inverse of `flattenPixels` for a square or given grid.
 * Shapes: tokens [N, H W, C] -> [N, C, H, W]
 * Source: diffusers' Transformer2DModel.
 */
export function gridOfTokens(tokens: Tensor, height: number, width: number): Tensor {
  const channels = sizeOf(tokens, 2);
  return reshape(transpose(tokens, [0, 2, 1]), [dimOf(tokens, 0), channels, height, width]);
}
