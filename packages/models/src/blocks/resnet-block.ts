import { type Activation, activate } from "../layers/activation.ts";
import { conv2d } from "../layers/conv2d.ts";
import { groupNorm } from "../layers/group-norm.ts";
import { linear } from "../layers/linear.ts";
import type { Tensor } from "../onnx/graph.ts";
import { split, unsqueeze } from "../onnx/ops/arrange.ts";
import { add, div, mul } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/** Channels of a resnet block, and how time enters it. */
export interface ResnetBlockOptions {
  readonly out: number;
  readonly groups: number;
  /** Of the norms. SD-1.5: 1e-5 in the UNet, 1e-6 in the VAE. */
  readonly epsilon: number;
  /** Time features [N, T]; without them the block has no `time_emb_proj`. */
  readonly time?: Tensor;
  /** How time enters: added before the second norm, or scaling and shifting after it. @default "shift" */
  readonly timeMode?: "shift" | "scale-shift";
  /** @default "silu" */
  readonly activation?: Activation;
  /** What the sum of skip and block is divided by. @default 1 */
  readonly outputScale?: number;
  /** Whether each convolution is one a channel and then one a pixel, twice as wide between the two. @default false */
  readonly isSeparable?: boolean;
}

/** A 3x3 convolution, or one a channel followed by one a pixel. */
function convolve(w: Weights, x: Tensor, out: number, isSeparable: boolean): Tensor {
  const same = { kernel: 3, padding: 1 };
  if (!isSeparable) return conv2d(w, x, { out, ...same });
  const channels = sizeOf(x, 1);
  const alone = { out: channels, groups: channels, bias: false, ...same };
  const spread = conv2d(w.at("depthwise"), x, alone);
  return conv2d(w.at("pointwise"), spread, { out, kernel: 1, bias: false });
}

/**
 * Two 3x3 convolutions shifted by the timestep, plus a skip.
 * Shapes: x [N, C, H, W], time [N, T] -> [N, out, H, W]
 * Source: DDPM (arXiv:2006.11239) app. B; weight names as in diffusers' ResnetBlock2D.
 */
export function resnetBlock(w: Weights, x: Tensor, options: ResnetBlockOptions): Tensor {
  const { out, groups, epsilon, time } = options;
  const { timeMode = "shift", activation = "silu", outputScale = 1 } = options;
  const { isSeparable = false } = options;
  const norm = (name: string, from: Tensor): Tensor =>
    groupNorm(w.at(name), from, { groups, epsilon });
  const act = (from: Tensor): Tensor => activate(activation, from);
  const between = isSeparable ? 2 * out : out;
  const timeShift = (width: number): Tensor | undefined =>
    time && unsqueeze(linear(w.at("time_emb_proj"), act(time), { out: width }), [2, 3]);

  let h = convolve(w.at("conv1"), act(norm("norm1", x)), between, isSeparable);
  if (timeMode === "shift") {
    const shift = timeShift(between);
    h = norm("norm2", shift === undefined ? h : add(h, shift));
  } else {
    const both = timeShift(2 * between);
    h = norm("norm2", h);
    if (both !== undefined) {
      const [scale, shift] = split(both, 1, [between, between]) as [Tensor, Tensor];
      h = add(mul(h, add(scale, 1)), shift);
    }
  }
  h = convolve(w.at("conv2"), act(h), out, isSeparable);
  const skip = sizeOf(x, 1) === out ? x : conv2d(w.at("conv_shortcut"), x, { out, kernel: 1 });
  const sum = add(skip, h);
  return outputScale === 1 ? sum : div(sum, outputScale);
}
