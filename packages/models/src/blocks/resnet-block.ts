import { conv2d } from "../layers/conv2d.ts";
import { groupNorm } from "../layers/group-norm.ts";
import { linear } from "../layers/linear.ts";
import type { Tensor } from "../onnx/graph.ts";
import { trail } from "../onnx/ops/arrange.ts";
import { add, silu } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

export interface ResnetBlockOptions {
  readonly out: number;
  readonly groups: number;
  /** Of the norms. SD-1.5: 1e-5 in the UNet, 1e-6 in the VAE. */
  readonly epsilon: number;
  /** Time features [N, T]; without them the block has no `time_emb_proj`. */
  readonly time?: Tensor;
}

/**
 * Two 3x3 convolutions shifted by the timestep, plus a skip.
 * Shapes: x [N, C, H, W], time [N, T] -> [N, out, H, W]
 * Source: DDPM (arXiv:2006.11239) app. B; weight names as in diffusers' ResnetBlock2D.
 */
export function resnetBlock(w: Weights, x: Tensor, options: ResnetBlockOptions): Tensor {
  const { out, groups, epsilon, time } = options;
  const norm = (name: string, from: Tensor): Tensor =>
    silu(groupNorm(w.at(name), from, { groups, epsilon }));
  const narrow = { out, kernel: 3, padding: 1 };
  let h = conv2d(w.at("conv1"), norm("norm1", x), narrow);
  if (time !== undefined) {
    h = add(h, trail(linear(w.at("time_emb_proj"), silu(time), { out }), 2));
  }
  h = conv2d(w.at("conv2"), norm("norm2", h), narrow);
  const skip = sizeOf(x, 1) === out ? x : conv2d(w.at("conv_shortcut"), x, { out, kernel: 1 });
  return add(skip, h);
}
