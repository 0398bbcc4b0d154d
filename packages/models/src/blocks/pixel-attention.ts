import { attend } from "../layers/attend.ts";
import { flattenPixels, gridOfTokens } from "../layers/flatten-pixels.ts";
import { groupNorm } from "../layers/group-norm.ts";
import { linear } from "../layers/linear.ts";
import type { Tensor } from "../onnx/graph.ts";
import { add } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/** Groups and epsilon of the norm. */
export interface PixelAttentionOptions {
  readonly groups: number;
  readonly epsilon: number;
}

/**
 * One head of attention of every pixel to every pixel, added to its input.
 * Shapes: x [N, C, H, W] -> [N, C, H, W]
 * Source: Latent Diffusion (arXiv:2112.10752) app. G; weight names as in diffusers' UNetMidBlock2D.
 */
export function pixelAttention(w: Weights, x: Tensor, options: PixelAttentionOptions): Tensor {
  const [out, height, width] = [sizeOf(x, 1), sizeOf(x, 2), sizeOf(x, 3)];
  const tokens = flattenPixels(groupNorm(w.at("group_norm"), x, options));
  const project = (name: string): Tensor => linear(w.at(name), tokens, { out });
  const mixed = attend(project("to_q"), project("to_k"), project("to_v"), 1);
  return add(gridOfTokens(linear(w.at("to_out.0"), mixed, { out }), height, width), x);
}
