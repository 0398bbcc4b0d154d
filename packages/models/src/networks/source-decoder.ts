import { resnetBlock } from "../blocks/resnet-block.ts";
import { conv2d } from "../layers/conv2d.ts";
import { groupNorm } from "../layers/group-norm.ts";
import type { Tensor } from "../onnx/graph.ts";
import { concat, sliceAxis } from "../onnx/ops/arrange.ts";
import { transposedConvolution } from "../onnx/ops/convolution.ts";
import { add, mul, sigmoid, silu, sub } from "../onnx/ops/elementwise.ts";
import { resizeNearest } from "../onnx/ops/resize.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";
import { defineNetwork } from "./define-network.ts";
import { type PatchAutoencoderConfig, patchDecoder } from "./patch-autoencoder.ts";

/** Sizes of the decoder itself. */
export interface SourceDecoderSizes {
  /** Channels of each level, finest first; each halves the side, and the last has the latent's. */
  readonly widths: readonly number[];
  readonly normNumGroups: number;
}

/** Sizes of the decoder, and of the autoencoder whose latents it reads. */
export interface SourceDecoderConfig extends SourceDecoderSizes {
  readonly vae: PatchAutoencoderConfig;
}

/** Colours, the share of the source's detail, and how much of the source stays as it is. */
const outputChannels = 5;

/** Nearly nothing stays by itself until training says where, so that the first steps see the whole drawing. */
const keptAtFirst = -3;

interface Pictures {
  /** The latents' plain decodings, and the source. Shapes: [N, 3, S, S] each */
  readonly edit: Tensor;
  readonly base: Tensor;
  readonly source: Tensor;
  /** Shapes: [N, C, S / patch, S / patch] each */
  readonly latents: readonly Tensor[];
}

/** Features of the pictures, taken down to the latent's side and back. Shapes: -> [N, widths[0], S / 2, S / 2] */
function features(w: Weights, pictures: Pictures, config: SourceDecoderConfig): Tensor {
  const { edit, base, source, latents } = pictures;
  const { widths, normNumGroups } = config;
  const block = (path: string, x: Tensor): Tensor => {
    const options = { out: sizeOf(x, 1), groups: normNumGroups, epsilon: 1e-5 };
    return resnetBlock(w.at(path), x, options);
  };
  const levels: Tensor[] = [];
  let x = concat([edit, sub(source, base), sub(edit, base)], 1);
  for (const [level, out] of widths.entries()) {
    x = conv2d(w.at(`down.${level}.conv`), x, { out, kernel: 2, stride: 2 });
    if (level < widths.length - 1) x = block(`down.${level}.block`, x);
    levels.push(x);
  }
  const joined = concat([x, ...latents], 1);
  x = block("mid.block", conv2d(w.at("mid.conv"), joined, { out: sizeOf(x, 1), kernel: 1 }));
  for (const [level, skip] of [...levels.slice(0, -1).entries()].reverse()) {
    const out = sizeOf(skip, 1);
    const doubled = resizeNearest(x, 2);
    x = add(conv2d(w.at(`up.${level}.conv`), doubled, { out, kernel: 3, padding: 1 }), skip);
    x = block(`up.${level}.block`, x);
  }
  return x;
}

/**
 * Decodes an edit while seeing its source: the plain decoding of the edit, plus the share of the source's own detail that
 * the edit left standing, plus a learnt correction; where nothing was edited, a learnt gate keeps the source itself.
 * Shapes: latent, sourceLatent [N, C, S / patch, S / patch], source [N, 3, S, S] in [-1, 1] -> pixels [N, 3, S, S]
 * Source: an asymmetric decoder conditioned on the source (arXiv:2306.04632), section 3.2, for latents of the closed-form
 * autoencoder.
 */
export const sourceDecoder = defineNetwork({
  name: "source-decoder",
  inputs: ({ vae }: SourceDecoderConfig) => {
    const side = vae.imageSize / vae.patchSize;
    return {
      latent: { shape: ["N", vae.latentChannels, side, side] },
      sourceLatent: { shape: ["N", vae.latentChannels, side, side] },
      source: { shape: ["N", 3, vae.imageSize, vae.imageSize] },
    };
  },
  build(root, { latent, sourceLatent, source }, config) {
    const decode = (from: Tensor): Tensor =>
      patchDecoder.build(root.at("vae"), { latent: from }, config.vae).pixels;
    const [edit, base] = [decode(latent), decode(sourceLatent)];
    const w = root.at("decoder");
    const pictures = { edit, base, source, latents: [latent, sub(latent, sourceLatent)] };
    const x = features(w, pictures, config);
    const normal = silu(groupNorm(w.at("norm_out"), x, { groups: config.normNumGroups }));
    // Starts without a correction and nearly without a gate: the first steps cannot spoil the plain decoding.
    const shape = [sizeOf(x, 1), outputChannels, 2, 2];
    const weight = w.at("conv_out").get("weight", shape, { fill: 0 });
    const drawn = transposedConvolution(normal, weight, { stride: 2 });
    const [correction, share] = [sliceAxis(drawn, 1, 0, 3), sigmoid(sliceAxis(drawn, 1, 3, 4))];
    const kept = sigmoid(add(sliceAxis(drawn, 1, 4, 5), keptAtFirst));
    const whole = add(add(edit, mul(sub(source, base), share)), correction);
    return { pixels: add(whole, mul(sub(source, whole), kept)) };
  },
});
