import { pixelAttention } from "../blocks/pixel-attention.ts";
import { resnetBlock } from "../blocks/resnet-block.ts";
import { conv2d } from "../layers/conv2d.ts";
import { groupNorm } from "../layers/group-norm.ts";
import type { Tensor } from "../onnx/graph.ts";
import { split } from "../onnx/ops/arrange.ts";
import { add, clamp, exp, mul, silu } from "../onnx/ops/elementwise.ts";
import { resizeNearest } from "../onnx/ops/resize.ts";
import type { Weights } from "../onnx/weights.ts";
import { defineNetwork, type Network } from "./define-network.ts";
import type { VaeConfig } from "./vae-config.ts";

const epsilon = 1e-6;

function resnet(w: Weights, x: Tensor, out: number, config: VaeConfig): Tensor {
  const { normNumGroups: groups, activation } = config;
  return resnetBlock(w, x, { out, groups, epsilon, activation });
}

function middle(w: Weights, x: Tensor, config: VaeConfig): Tensor {
  const out = config.blockOutChannels.at(-1) ?? 0;
  let h = resnet(w.at("resnets.0"), x, out, config);
  if (config.middleAttends) {
    h = pixelAttention(w.at("attentions.0"), h, { groups: config.normNumGroups, epsilon });
  }
  return resnet(w.at("resnets.1"), h, out, config);
}

function finish(w: Weights, x: Tensor, out: number, { normNumGroups: groups }: VaeConfig): Tensor {
  const normal = silu(groupNorm(w.at("conv_norm_out"), x, { groups, epsilon }));
  return conv2d(w.at("conv_out"), normal, { out, kernel: 3, padding: 1 });
}

function encode(w: Weights, pixels: Tensor, config: VaeConfig): Tensor {
  const { blockOutChannels, layersPerBlock, latentChannels } = config;
  const last = blockOutChannels.length - 1;
  const first = { out: blockOutChannels[0] ?? 0, kernel: 3, padding: 1 };
  let h = conv2d(w.at("conv_in"), pixels, first);
  blockOutChannels.forEach((out, level) => {
    const block = w.at(`down_blocks.${level}`);
    for (let index = 0; index < layersPerBlock; index++) {
      h = resnet(block.at(`resnets.${index}`), h, out, config);
    }
    if (level === last) return;
    const options = { out, kernel: 3, stride: 2, padding: [0, 0, 1, 1] as const };
    h = conv2d(block.at("downsamplers.0.conv"), h, options);
  });
  return finish(w, middle(w.at("mid_block"), h, config), 2 * latentChannels, config);
}

function decode(w: Weights, latent: Tensor, config: VaeConfig): Tensor {
  const { blockOutChannels, layersPerBlock } = config;
  const widths = blockOutChannels.toReversed();
  const options = { out: widths[0] ?? 0, kernel: 3, padding: 1 };
  let h = middle(w.at("mid_block"), conv2d(w.at("conv_in"), latent, options), config);
  widths.forEach((out, place) => {
    const block = w.at(`up_blocks.${place}`);
    for (let index = 0; index <= layersPerBlock; index++) {
      h = resnet(block.at(`resnets.${index}`), h, out, config);
    }
    if (place === widths.length - 1) return;
    const larger = resizeNearest(h, 2);
    h = conv2d(block.at("upsamplers.0.conv"), larger, { out, kernel: 3, padding: 1 });
  });
  return finish(w, h, config.outChannels, config);
}

/** An encoder for one size of picture. */
export interface VaeEncoderOptions {
  readonly vae: VaeConfig;
  /** Height and width of the picture. */
  readonly imageSize: readonly [number, number];
  /** Draw from the posterior by an input `noise` instead of taking its mode. @default false */
  readonly sample?: boolean;
}

/** Side of the latent of a picture's side. */
export function latentSide(side: number, { blockOutChannels }: VaeConfig): number {
  // Each halving pads one pixel at the end and takes every second of three.
  return blockOutChannels.slice(1).reduce((size) => Math.floor((size - 2) / 2) + 1, side);
}

/**
 * The posterior's mode of a picture, or a sample of it: mean + exp(log variance / 2) noise. Not scaled.
 * Shapes: pixels [N, 3, H, W] in [-1, 1], noise [N, C, h, w] -> latent [N, C, h, w]
 * Source: Latent Diffusion (arXiv:2112.10752) app. G; weight names of diffusers' AutoencoderKL.
 */
export const vaeEncoder: Network<VaeEncoderOptions, "pixels", "latent", "noise"> = {
  name: "vae-encoder",
  inputs: ({ vae, imageSize: [height, width], sample = false }) => {
    const sides = [latentSide(height, vae), latentSide(width, vae)] as const;
    return {
      pixels: { shape: ["N", vae.inChannels, height, width] },
      ...(sample ? { noise: { shape: ["N", vae.latentChannels, ...sides] } } : {}),
    };
  },
  build(w, { pixels, noise }, { vae }) {
    const { latentChannels: half, useQuantConv } = vae;
    const encoded = encode(w.at("encoder"), pixels, vae);
    const moments = useQuantConv
      ? conv2d(w.at("quant_conv"), encoded, { out: 2 * half, kernel: 1 })
      : encoded;
    const [mean, logVariance] = split(moments, 1, [half, half]) as [Tensor, Tensor];
    if (noise === undefined) return { latent: mean };
    const deviation = exp(mul(clamp(logVariance, -30, 20), 0.5));
    return { latent: add(mean, mul(deviation, noise)) };
  },
};

/** A decoder for one size of latent. */
export interface VaeDecoderOptions {
  readonly vae: VaeConfig;
  /** Height and width of the latent. */
  readonly latentSize: readonly [number, number];
}

/**
 * A picture from an unscaled latent.
 * Shapes: latent [N, C, h, w] -> pixels [N, 3, H, W], about [-1, 1]
 * Source: as `vaeEncoder`.
 */
export const vaeDecoder = defineNetwork({
  name: "vae-decoder",
  inputs: ({ vae, latentSize: [height, width] }: VaeDecoderOptions) => ({
    latent: { shape: ["N", vae.latentChannels, height, width] },
  }),
  build(w, { latent }, { vae }) {
    const { latentChannels: out, usePostQuantConv } = vae;
    const latents = usePostQuantConv
      ? conv2d(w.at("post_quant_conv"), latent, { out, kernel: 1 })
      : latent;
    return { pixels: decode(w.at("decoder"), latents, vae) };
  },
});
