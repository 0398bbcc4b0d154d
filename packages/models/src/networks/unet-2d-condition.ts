import type { Context, ImageContext } from "../blocks/decoupled-cross-attention.ts";
import { resnetBlock } from "../blocks/resnet-block.ts";
import { spatialTransformer } from "../blocks/spatial-transformer.ts";
import { upsampleTo } from "../blocks/upsample-to.ts";
import { activate } from "../layers/activation.ts";
import { conv2d } from "../layers/conv2d.ts";
import { groupNorm } from "../layers/group-norm.ts";
import { linear } from "../layers/linear.ts";
import { timestepEmbedding } from "../layers/timestep-embedding.ts";
import type { Tensor } from "../onnx/graph.ts";
import { concat, sliceAxis } from "../onnx/ops/arrange.ts";
import { add, mul, sub } from "../onnx/ops/elementwise.ts";
import type { Weights } from "../onnx/weights.ts";
import type { InputSpec, Network } from "./define-network.ts";
import { crossAttentionPaths } from "./unet-attention-order.ts";
import type { UnetBlock, UnetConfig } from "./unet-config.ts";

/** What a denoising step reads. */
export interface UnetInputs {
  /** Noisy latent, for editing beside the source latent: [N, C, h, w] */
  readonly sample: Tensor;
  /** May be fractional: [N] */
  readonly timestep: Tensor;
  /** [N, S, E] */
  readonly text: Tensor;
  readonly image?: ImageContext;
  /** v_t, added after the first convolution: [N, C0, h, w] */
  readonly visual?: Tensor | undefined;
}

/** What every block of one network shares. */
interface Pass {
  readonly config: UnetConfig;
  readonly context: Context;
  readonly time: Tensor;
}

/** A resnet block and, on attending levels, a spatial transformer. */
function layer(w: Weights, x: Tensor, block: UnetBlock, index: number, pass: Pass): Tensor {
  const { config, time, context } = pass;
  const { timeMode, activation, normNumGroups: groups, useLinearProjection } = config;
  const { channels: out, heads, onlyCrossAttention, transformers } = block;
  const h = resnetBlock(w.at(`resnets.${index}`), x, {
    out,
    groups,
    epsilon: config.normEps,
    time,
    timeMode,
    activation,
  });
  const layers = transformers[index] ?? 0;
  if (layers === 0) return h;
  const options = { heads, groups, layers, useLinearProjection, onlyCrossAttention };
  return spatialTransformer(w.at(`attentions.${index}`), h, context, options);
}

function timeFeatures(w: Weights, timestep: Tensor, config: UnetConfig): Tensor {
  const { timeEmbeddingDim: out, activation, down } = config;
  const wave = timestepEmbedding(timestep, down[0]?.channels ?? 0, config);
  return linear(w.at("linear_2"), activate(activation, linear(w.at("linear_1"), wave, { out })), {
    out,
  });
}

/** Puts every layer's output on the stack of skips and returns the last. */
function downPath(w: Weights, x: Tensor, skips: Tensor[], pass: Pass): Tensor {
  const { down, downsamplePadding } = pass.config;
  // Without padding of its own, diffusers adds zeros at the bottom and right.
  const padding = downsamplePadding === 1 ? 1 : ([0, 0, 1, 1] as const);
  let h = x;
  down.forEach((block, level) => {
    const scope = w.at(`down_blocks.${level}`);
    block.transformers.forEach((_, index) => {
      h = layer(scope, h, block, index, pass);
      skips.push(h);
    });
    if (level === down.length - 1) return;
    const options = { out: block.channels, kernel: 3, stride: 2, padding };
    h = conv2d(scope.at("downsamplers.0.conv"), h, options);
    skips.push(h);
  });
  return h;
}

function middle(w: Weights, x: Tensor, { config, context, time }: Pass): Tensor {
  const { mid, normNumGroups: groups, timeMode, activation, useLinearProjection } = config;
  if (mid === undefined) return x;
  const { channels: out, outputScale, heads, transformers } = mid;
  const resnet = (from: Tensor, index: number): Tensor =>
    resnetBlock(w.at(`resnets.${index}`), from, {
      out,
      groups,
      epsilon: config.normEps,
      time,
      timeMode,
      activation,
      outputScale,
    });
  let h = resnet(x, 0);
  transformers.forEach((layers, index) => {
    const options = { heads, groups, layers, useLinearProjection };
    h = spatialTransformer(w.at(`attentions.${index}`), h, context, options);
    h = resnet(h, index + 1);
  });
  return h;
}

function upPath(w: Weights, x: Tensor, skips: Tensor[], pass: Pass): Tensor {
  const { up } = pass.config;
  let h = x;
  up.forEach((block, place) => {
    const scope = w.at(`up_blocks.${place}`);
    block.transformers.forEach((_, index) => {
      h = layer(scope, concat([h, skips.pop() as Tensor], 1), block, index, pass);
    });
    const next = skips.at(-1);
    if (place === up.length - 1 || next === undefined) return;
    const options = { out: block.channels, kernel: 3, padding: 1 };
    h = conv2d(scope.at("upsamplers.0.conv"), upsampleTo(h, next), options);
  });
  return h;
}

/** The network as part of a larger graph. Shapes: as `unet2dCondition`. */
export function unetOutput(w: Weights, inputs: UnetInputs, config: UnetConfig): Tensor {
  const { sample, timestep, text, image, visual } = inputs;
  const context = { text, ...(image === undefined ? {} : { image }) };
  const pass: Pass = {
    config,
    context,
    time: timeFeatures(w.at("time_embedding"), timestep, config),
  };
  const same = (kernel: number) => ({ kernel, padding: Math.floor((kernel - 1) / 2) });
  const centred = config.centerInputSample ? sub(mul(sample, 2), 1) : sample;
  const first = { out: config.down[0]?.channels ?? 0, ...same(config.convInKernel) };
  const read = conv2d(w.at("conv_in"), centred, first);
  const start = visual === undefined ? read : add(read, visual);
  const skips = [start];
  const bottom = downPath(w, start, skips, pass);
  const h = upPath(w, middle(w.at("mid_block"), bottom, pass), skips, pass);
  const normal = groupNorm(w.at("conv_norm_out"), h, {
    groups: config.normNumGroups,
    epsilon: config.normEps,
  });
  const last = { out: config.outChannels, ...same(config.convOutKernel), init: { fill: 0 } };
  return conv2d(w.at("conv_out"), activate(config.activation, normal), last);
}

/** A UNet and the sizes of its conditioning in one session. */
export interface UnetOptions {
  readonly unet: UnetConfig;
  /** Words per row. SD-1.5: 77 */
  readonly textTokens: number;
  /** Tokens of the image half of every cross-attention. @default 0, without that half */
  readonly imageTokens?: number;
  /** One lambda a row, or one for each attention too, in the order of `crossAttentionPaths`. @default "one" */
  readonly imageScales?: "one" | "each";
  /** v_t is an input. @default false */
  readonly visual?: boolean;
}

function imageContextOf(w: Weights, image: Tensor, imageScale: Tensor, unet: UnetConfig) {
  const paths = crossAttentionPaths(unet).map((path) => w.at(path).path);
  const isOne = imageScale.shape[1] === 1;
  const scaleAt = (path: string): Tensor => {
    const place = paths.indexOf(path);
    return isOne ? imageScale : sliceAxis(imageScale, 1, place, place + 1);
  };
  return { tokens: image, scaleAt };
}

/**
 * Denoises a latent under text, and image tokens and v_t where they are wanted.
 * Shapes: sample [N, C, h, w], timestep [N], text [N, S, E], image [N, K, E], imageScale [N, 1, 1] or [N, layers, 1], visual [N, C0, h, w] -> output [N, O, h, w]
 * Source: Latent Diffusion (arXiv:2112.10752); InsightEdit (arXiv:2411.17323), figure 3; weight names of diffusers' UNet2DConditionModel.
 */
export const unet2dCondition: Network<
  UnetOptions,
  "sample" | "timestep" | "text",
  "output",
  "image" | "imageScale" | "visual"
> = {
  name: "unet-2d-condition",
  inputs: ({ unet, textTokens, imageTokens = 0, imageScales = "one", visual = false }) => {
    const [height, width] = unet.sampleSize;
    const layers = imageScales === "one" ? 1 : crossAttentionPaths(unet).length;
    const image: Record<"image" | "imageScale", InputSpec> = {
      image: { shape: ["N", imageTokens, unet.crossAttentionDim] },
      imageScale: { shape: ["N", layers, 1] },
    };
    return {
      sample: { shape: ["N", unet.inChannels, height, width] },
      timestep: { shape: ["N"] },
      text: { shape: ["N", textTokens, unet.crossAttentionDim] },
      ...(imageTokens === 0 ? {} : image),
      ...(visual ? { visual: { shape: ["N", unet.down[0]?.channels ?? 0, height, width] } } : {}),
    };
  },
  build(w, { sample, timestep, text, image, imageScale, visual }, { unet }) {
    const imageContext =
      image === undefined || imageScale === undefined
        ? {}
        : { image: imageContextOf(w, image, imageScale, unet) };
    return { output: unetOutput(w, { sample, timestep, text, visual, ...imageContext }, unet) };
  },
};
