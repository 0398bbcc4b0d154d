import type { Context } from "../blocks/decoupled-cross-attention.ts";
import { resnetBlock } from "../blocks/resnet-block.ts";
import { spatialTransformer } from "../blocks/spatial-transformer.ts";
import { conv2d } from "../layers/conv2d.ts";
import { groupNorm } from "../layers/group-norm.ts";
import { linear } from "../layers/linear.ts";
import { timestepEmbedding } from "../layers/timestep-embedding.ts";
import type { Tensor } from "../onnx/graph.ts";
import { concat } from "../onnx/ops/arrange.ts";
import { add, silu } from "../onnx/ops/elementwise.ts";
import { resizeNearest } from "../onnx/ops/resize.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";
import { defineNetwork } from "./define-network.ts";

/** Names and meanings as in the `config.json` of diffusers' UNet2DConditionModel. */
export interface EditUnetConfig {
  readonly sampleSize: number;
  /** Noisy latent beside source latent: twice the latent channels. */
  readonly inChannels: number;
  readonly outChannels: number;
  readonly blockOutChannels: readonly number[];
  /** Levels with cross-attention, finest first; the middle block always has it. */
  readonly attends: readonly boolean[];
  readonly layersPerBlock: number;
  readonly heads: number;
  readonly normNumGroups: number;
  readonly crossAttentionDim: number;
  readonly textTokens: number;
  readonly imageTokens: number;
}

/** What every block of one network shares. */
interface Pass {
  readonly config: EditUnetConfig;
  readonly context: Context;
  readonly time: Tensor;
}

interface Layer {
  readonly out: number;
  readonly index: number;
  readonly attends: boolean;
}

/** A resnet block and, on attending levels, a spatial transformer. */
function unetLayer(w: Weights, x: Tensor, { out, index, attends }: Layer, pass: Pass): Tensor {
  const { config, context, time } = pass;
  const groups = config.normNumGroups;
  const h = resnetBlock(w.at(`resnets.${index}`), x, { out, groups, epsilon: 1e-5, time });
  if (!attends) return h;
  const heads = config.heads;
  return spatialTransformer(w.at(`attentions.${index}`), h, context, { heads, groups });
}

function timeFeatures(w: Weights, timestep: Tensor, width: number): Tensor {
  const wave = timestepEmbedding(timestep, width);
  const hidden = silu(linear(w.at("linear_1"), wave, { out: 4 * width }));
  return linear(w.at("linear_2"), hidden, { out: 4 * width });
}

/** Puts every layer's output on the stack of skips and returns the last. */
function downPath(w: Weights, x: Tensor, skips: Tensor[], pass: Pass): Tensor {
  const { blockOutChannels, layersPerBlock, attends } = pass.config;
  let h = x;
  blockOutChannels.forEach((out, level) => {
    const block = w.at(`down_blocks.${level}`);
    for (let index = 0; index < layersPerBlock; index++) {
      h = unetLayer(block, h, { out, index, attends: attends[level] === true }, pass);
      skips.push(h);
    }
    if (level === blockOutChannels.length - 1) return;
    h = conv2d(block.at("downsamplers.0.conv"), h, { out, kernel: 3, stride: 2, padding: 1 });
    skips.push(h);
  });
  return h;
}

function middle(w: Weights, x: Tensor, pass: Pass): Tensor {
  const out = sizeOf(x, 1);
  const h = unetLayer(w, x, { out, index: 0, attends: true }, pass);
  return unetLayer(w, h, { out, index: 1, attends: false }, pass);
}

function upPath(w: Weights, x: Tensor, skips: Tensor[], pass: Pass): Tensor {
  const { blockOutChannels, layersPerBlock, attends } = pass.config;
  const levels = blockOutChannels.length;
  let h = x;
  for (let position = 0; position < levels; position++) {
    const level = levels - 1 - position;
    const block = w.at(`up_blocks.${position}`);
    const out = blockOutChannels[level] as number;
    for (let index = 0; index <= layersPerBlock; index++) {
      const skip = skips.pop() as Tensor;
      const joined = concat([h, skip], 1);
      h = unetLayer(block, joined, { out, index, attends: attends[level] === true }, pass);
    }
    if (level === 0) continue;
    h = conv2d(block.at("upsamplers.0.conv"), resizeNearest(h, 2), { out, kernel: 3, padding: 1 });
  }
  return h;
}

/**
 * Denoises a latent beside its source under text and image tokens; v_t is added after the first convolution.
 * Shapes: sample [N, 2 C, h, w], timestep [N], text [N, S, E], image [N, K, E], imageScale [N, 1, 1], visual [N, C0, h, w] -> output [N, C, h, w]
 * Source: InsightEdit (arXiv:2411.17323), figure 3; Latent Diffusion (arXiv:2112.10752); weight names of diffusers' UNet2DConditionModel.
 */
export const editUnet = defineNetwork({
  name: "edit-unet",
  inputs: (config: EditUnetConfig) => {
    const { sampleSize, crossAttentionDim, blockOutChannels } = config;
    return {
      sample: { shape: ["N", config.inChannels, sampleSize, sampleSize] },
      timestep: { shape: ["N"] },
      text: { shape: ["N", config.textTokens, crossAttentionDim] },
      image: { shape: ["N", config.imageTokens, crossAttentionDim] },
      imageScale: { shape: ["N", 1, 1] },
      visual: { shape: ["N", blockOutChannels[0] ?? 0, sampleSize, sampleSize] },
    };
  },
  build(w, { sample, timestep, text, image, imageScale, visual }, config) {
    const [first = 0] = config.blockOutChannels;
    const time = timeFeatures(w.at("time_embedding"), timestep, first);
    const pass: Pass = { config, context: { text, image, imageScale }, time };
    const padded = { kernel: 3, padding: 1 };
    const start = add(conv2d(w.at("conv_in"), sample, { out: first, ...padded }), visual);
    const skips = [start];
    const bottom = downPath(w, start, skips, pass);
    const h = upPath(w, middle(w.at("mid_block"), bottom, pass), skips, pass);
    const normal = silu(groupNorm(w.at("conv_norm_out"), h, { groups: config.normNumGroups }));
    const out = { out: config.outChannels, ...padded, init: { fill: 0 } };
    return { output: conv2d(w.at("conv_out"), normal, out) };
  },
});
