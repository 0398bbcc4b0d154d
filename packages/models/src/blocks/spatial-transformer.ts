import { attend } from "../layers/attend.ts";
import { conv2d } from "../layers/conv2d.ts";
import { flattenPixels, gridOfTokens } from "../layers/flatten-pixels.ts";
import { groupNorm } from "../layers/group-norm.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { linear } from "../layers/linear.ts";
import type { Tensor } from "../onnx/graph.ts";
import { split } from "../onnx/ops/arrange.ts";
import { add, gelu, mul } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";
import { type Context, decoupledCrossAttention } from "./decoupled-cross-attention.ts";

function selfAttention(w: Weights, x: Tensor, heads: number): Tensor {
  const out = sizeOf(x, -1);
  const project = (name: string): Tensor => linear(w.at(name), x, { out, bias: false });
  const mixed = attend(project("to_q"), project("to_k"), project("to_v"), heads);
  return linear(w.at("to_out.0"), mixed, { out });
}

/** GEGLU: half of the hidden units gate the other half (arXiv:2002.05202). */
function feedForward(w: Weights, x: Tensor): Tensor {
  const width = sizeOf(x, -1);
  const hidden = linear(w.at("net.0.proj"), x, { out: 8 * width });
  const [value, gate] = split(hidden, 2, [4 * width, 4 * width]) as [Tensor, Tensor];
  return linear(w.at("net.2"), mul(value, gelu(gate)), { out: width });
}

function transformerBlock(w: Weights, x: Tensor, context: Context, heads: number): Tensor {
  const own = add(x, selfAttention(w.at("attn1"), layerNorm(w.at("norm1"), x), heads));
  const asked = layerNorm(w.at("norm2"), own);
  const told = add(own, decoupledCrossAttention(w.at("attn2"), asked, context, heads));
  return add(told, feedForward(w.at("ff"), layerNorm(w.at("norm3"), told)));
}

/**
 * One transformer block over the pixels, between two 1x1 convolutions, added to its input.
 * Shapes: x [N, C, H, W] -> [N, C, H, W]
 * Source: Latent Diffusion (arXiv:2112.10752) app. E.2.1; weight names as in diffusers' Transformer2DModel.
 */
export function spatialTransformer(
  w: Weights,
  x: Tensor,
  context: Context,
  { heads, groups }: { readonly heads: number; readonly groups: number },
): Tensor {
  const [channels, height, width] = [sizeOf(x, 1), sizeOf(x, 2), sizeOf(x, 3)];
  const normal = groupNorm(w.at("norm"), x, { groups, epsilon: 1e-6 });
  const tokens = flattenPixels(conv2d(w.at("proj_in"), normal, { out: channels, kernel: 1 }));
  const mixed = transformerBlock(w.at("transformer_blocks.0"), tokens, context, heads);
  const grid = gridOfTokens(mixed, height, width);
  return add(x, conv2d(w.at("proj_out"), grid, { out: channels, kernel: 1, init: { fill: 0 } }));
}
