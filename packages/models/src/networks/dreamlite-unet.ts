import { type DreamliteContext, dreamliteTransformer } from "../blocks/dreamlite-transformer.ts";
import { type ResnetBlockOptions, resnetBlock } from "../blocks/resnet-block.ts";
import { upsampleTo } from "../blocks/upsample-to.ts";
import { activate } from "../layers/activation.ts";
import { conv2d } from "../layers/conv2d.ts";
import { groupNorm } from "../layers/group-norm.ts";
import { linear } from "../layers/linear.ts";
import { rmsNorm } from "../layers/rms-norm.ts";
import { timestepEmbedding } from "../layers/timestep-embedding.ts";
import type { Tensor } from "../onnx/graph.ts";
import { concat, reshape } from "../onnx/ops/arrange.ts";
import { add, mul, silu, sub } from "../onnx/ops/elementwise.ts";
import { dimOf, sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";
import { defineNetwork } from "./define-network.ts";
import type { DreamliteBlock, DreamliteConfig } from "./dreamlite-config.ts";

/** A U-Net and the sizes of its inputs in one session. */
export interface DreamliteInput {
  readonly unet: DreamliteConfig;
  /** Height and width of the latent, of target and source side by side. */
  readonly size: readonly [number, number];
  readonly textTokens: number;
}

/** What every block of one network shares. */
interface Pass {
  readonly unet: DreamliteConfig;
  readonly context: DreamliteContext;
  readonly time: Tensor;
}

function resnet(w: Weights, x: Tensor, out: number, { unet, time }: Pass): Tensor {
  const { groups, epsilon, activation, isSeparable } = unet;
  const options: ResnetBlockOptions = { out, groups, epsilon, time, activation, isSeparable };
  return resnetBlock(w, x, options);
}

function transformer(w: Weights, x: Tensor, block: DreamliteBlock, { unet, context }: Pass) {
  return dreamliteTransformer(w, x, context, { ...unet, ...block });
}

/** A resnet block and, where the block attends, a transformer. */
function layer(w: Weights, x: Tensor, block: DreamliteBlock, index: number, pass: Pass): Tensor {
  const h = resnet(w.at(`resnets.${index}`), x, block.channels, pass);
  return block.depth === 0 ? h : transformer(w.at(`attentions.${index}`), h, block, pass);
}

/** Puts every layer's output on the stack of skips and returns the last. */
function downPath(w: Weights, x: Tensor, skips: Tensor[], pass: Pass): Tensor {
  const { down } = pass.unet;
  let h = x;
  down.forEach((block, level) => {
    const scope = w.at(`down_blocks.${level}`);
    for (let index = 0; index < block.resnets; index++) {
      h = layer(scope, h, block, index, pass);
      skips.push(h);
    }
    if (level === down.length - 1) return;
    const options = { out: block.channels, kernel: 3, stride: 2, padding: 1 };
    h = conv2d(scope.at("downsamplers.0.conv"), h, options);
    skips.push(h);
  });
  return h;
}

function middle(w: Weights, x: Tensor, pass: Pass): Tensor {
  const { mid } = pass.unet;
  const h = resnet(w.at("resnets.0"), x, mid.channels, pass);
  return resnet(
    w.at("resnets.1"),
    transformer(w.at("attentions.0"), h, mid, pass),
    mid.channels,
    pass,
  );
}

function upPath(w: Weights, x: Tensor, skips: Tensor[], pass: Pass): Tensor {
  const { up } = pass.unet;
  let h = x;
  up.forEach((block, place) => {
    const scope = w.at(`up_blocks.${place}`);
    for (let index = 0; index < block.resnets; index++) {
      h = layer(scope, concat([h, skips.pop() as Tensor], 1), block, index, pass);
    }
    const next = skips.at(-1);
    if (place === up.length - 1 || next === undefined) return;
    const options = { out: block.channels, kernel: 3, padding: 1 };
    h = conv2d(scope.at("upsamplers.0.conv"), upsampleTo(h, next), options);
  });
  return h;
}

/** Time and the size of the picture as one vector. Shapes: timestep [N], pixels [N, 2] -> [N, T] */
function timeFeatures(w: Weights, timestep: Tensor, pixels: Tensor, unet: DreamliteConfig): Tensor {
  const { timeWidth: out, activation, down, sizeWaves } = unet;
  const wave = timestepEmbedding(timestep, down[0]?.channels ?? 0);
  const dense = (scope: Weights, x: Tensor, act: (h: Tensor) => Tensor): Tensor =>
    linear(scope.at("linear_2"), act(linear(scope.at("linear_1"), x, { out })), { out });
  const rows = dimOf(pixels, 0);
  const flat = reshape(pixels, [typeof rows === "number" ? 2 * rows : `2*${rows}`]);
  const sizes = reshape(timestepEmbedding(flat, sizeWaves), [rows, 2 * sizeWaves]);
  const time = dense(w.at("time_embedding"), wave, (h) => activate(activation, h));
  return add(time, dense(w.at("add_embedding"), sizes, silu));
}

/**
 * The velocity of a noisy latent beside its source, under a language model's states.
 * Shapes: sample [N, C, h, w], timestep [N], pixels [N, 2] (width and height of the picture), text [N, S, D], mask [N, S] (1 for words, 0 for padding) -> output [N, O, h, w]
 * Source: DreamLite; diffusers' DreamLiteUNetModel, with its weight names.
 */
export const dreamliteUnet = defineNetwork({
  name: "dreamlite-unet",
  inputs: ({ unet, size: [height, width], textTokens }: DreamliteInput) => ({
    sample: { shape: ["N", unet.inChannels, height, width] },
    timestep: { shape: ["N"] },
    pixels: { shape: ["N", 2] },
    text: { shape: ["N", textTokens, unet.textWidth] },
    mask: { shape: ["N", textTokens] },
  }),
  build(w, { sample, timestep, pixels, text, mask }, { unet }) {
    const { crossWidth: out, groups, epsilon, activation, outChannels, down } = unet;
    const projection = w.at("encoder_hid_proj");
    const words = rmsNorm(projection.at(1), linear(projection.at(0), text, { out }), 1e-5);
    const hidden = mul(sub(mask, 1), 1e4);
    const tokens = sizeOf(mask, 1);
    const context = { text: words, mask: reshape(hidden, [dimOf(mask, 0), 1, 1, tokens]) };
    const pass: Pass = { unet, context, time: timeFeatures(w, timestep, pixels, unet) };
    const same = { kernel: 3, padding: 1 };
    const start = conv2d(w.at("conv_in"), sample, { out: down[0]?.channels ?? 0, ...same });
    const skips = [start];
    const bottom = downPath(w, start, skips, pass);
    const h = upPath(w, middle(w.at("mid_block"), bottom, pass), skips, pass);
    const normal = groupNorm(w.at("conv_norm_out"), h, { groups, epsilon });
    const last = { out: outChannels, ...same };
    return { output: conv2d(w.at("conv_out"), activate(activation, normal), last) };
  },
});
