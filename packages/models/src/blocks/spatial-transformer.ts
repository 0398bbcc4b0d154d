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

/**
 * GEGLU: half of the hidden units gate the other half.
 * Shapes: x [N, L, D] -> [N, L, D]
 * Source: arXiv:2002.05202; weight names as in diffusers' FeedForward.
 */
export function feedForward(w: Weights, x: Tensor, factor = 4): Tensor {
  const width = sizeOf(x, -1);
  const inner = factor * width;
  const hidden = linear(w.at("net.0.proj"), x, { out: 2 * inner });
  const [value, gate] = split(hidden, 2, [inner, inner]) as [Tensor, Tensor];
  return linear(w.at("net.2"), mul(value, gelu(gate)), { out: width });
}

/** Heads, depth and projections of a spatial transformer. */
export interface SpatialTransformerOptions {
  readonly heads: number;
  readonly groups: number;
  /** Transformer blocks between the projections. @default 1 */
  readonly layers?: number;
  /** Project tokens by matrices instead of pixels by 1x1 convolutions. @default false */
  readonly useLinearProjection?: boolean;
  /** The first attention of a block reads the text as well, instead of the pixels. @default false */
  readonly onlyCrossAttention?: boolean;
}

function transformerBlock(
  w: Weights,
  x: Tensor,
  context: Context,
  { heads, onlyCrossAttention = false }: SpatialTransformerOptions,
): Tensor {
  const first = layerNorm(w.at("norm1"), x);
  const own = onlyCrossAttention
    ? decoupledCrossAttention(w.at("attn1"), first, { text: context.text }, heads)
    : selfAttention(w.at("attn1"), first, heads);
  const attended = add(x, own);
  const query = layerNorm(w.at("norm2"), attended);
  const conditioned = add(attended, decoupledCrossAttention(w.at("attn2"), query, context, heads));
  return add(conditioned, feedForward(w.at("ff"), layerNorm(w.at("norm3"), conditioned)));
}

/**
 * What is done with the pixels as tokens, between two projections, added to the input.
 * Shapes: x [N, C, H, W]; change [N, H W, C] -> the same -> [N, C, H, W]
 * Source: Latent Diffusion (arXiv:2112.10752) app. E.2.1; weight names as in diffusers' Transformer2DModel.
 */
export function betweenProjections(
  w: Weights,
  x: Tensor,
  { groups, usesLinear }: { readonly groups: number; readonly usesLinear: boolean },
  change: (tokens: Tensor) => Tensor,
): Tensor {
  const [out, height, width] = [sizeOf(x, 1), sizeOf(x, 2), sizeOf(x, 3)];
  const normal = groupNorm(w.at("norm"), x, { groups, epsilon: 1e-6 });
  const tokens = change(
    usesLinear
      ? linear(w.at("proj_in"), flattenPixels(normal), { out })
      : flattenPixels(conv2d(w.at("proj_in"), normal, { out, kernel: 1 })),
  );
  const last = { out, init: { fill: 0 } };
  const mixed = usesLinear
    ? gridOfTokens(linear(w.at("proj_out"), tokens, last), height, width)
    : conv2d(w.at("proj_out"), gridOfTokens(tokens, height, width), { ...last, kernel: 1 });
  return add(x, mixed);
}

/**
 * Transformer blocks over the pixels, between two projections, added to the input.
 * Shapes: x [N, C, H, W] -> [N, C, H, W]
 * Source: Latent Diffusion (arXiv:2112.10752) app. E.2.1; weight names as in diffusers' Transformer2DModel.
 */
export function spatialTransformer(
  w: Weights,
  x: Tensor,
  context: Context,
  options: SpatialTransformerOptions,
): Tensor {
  const { groups, layers = 1, useLinearProjection: usesLinear = false } = options;
  return betweenProjections(w, x, { groups, usesLinear }, (first) => {
    let tokens = first;
    for (let layer = 0; layer < layers; layer++) {
      tokens = transformerBlock(w.at(`transformer_blocks.${layer}`), tokens, context, options);
    }
    return tokens;
  });
}
