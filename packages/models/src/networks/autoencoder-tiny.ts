import { conv2d } from "../layers/conv2d.ts";
import type { Tensor } from "../onnx/graph.ts";
import { add, mul, relu, sub, tanh } from "../onnx/ops/elementwise.ts";
import { resizeNearest } from "../onnx/ops/resize.ts";
import type { Weights } from "../onnx/weights.ts";
import { configFields, unsupported } from "./config-fields.ts";
import { defineNetwork } from "./define-network.ts";

/** Sizes of a tiny autoencoder; one entry a level. */
export interface TinyAutoencoderConfig {
  readonly latentChannels: number;
  readonly encoderChannels: readonly number[];
  readonly decoderChannels: readonly number[];
  readonly encoderBlocks: readonly number[];
  readonly decoderBlocks: readonly number[];
  readonly scalingFactor: number;
  readonly shiftFactor: number;
}

/**
 * A tiny autoencoder from its `config.json`; what is missing has diffusers' defaults.
 * Throws: config.field, config.unsupported.
 */
export function parseTinyAutoencoderConfig(json: unknown, at?: string): TinyAutoencoderConfig {
  const fields = configFields(json, at);
  fields.choice("act_fn", ["relu"], "relu");
  fields.choice("upsample_fn", ["nearest"], "nearest");
  const levels = (name: string, standard: readonly number[]): readonly number[] => {
    const found = fields.raw(name) ?? standard;
    return fields.numbers(name, Array.isArray(found) ? found.length : 4, standard);
  };
  const width = [64, 64, 64, 64];
  const config = {
    latentChannels: fields.integer("latent_channels", 4),
    encoderChannels: levels("encoder_block_out_channels", width),
    decoderChannels: levels("decoder_block_out_channels", width),
    encoderBlocks: levels("num_encoder_blocks", [1, 3, 3, 3]),
    decoderBlocks: levels("num_decoder_blocks", [3, 3, 3, 1]),
    scalingFactor: fields.number("scaling_factor", 1),
    shiftFactor: fields.number("shift_factor", 0),
  };
  const isEven = [config.encoderChannels, config.decoderChannels].every(
    (widths) => new Set(widths).size === 1,
  );
  if (!isEven) throw unsupported(fields.at, "levels of different widths.");
  return config;
}

/** Three convolutions, added to what they read. */
function tinyBlock(w: Weights, x: Tensor, out: number): Tensor {
  const same = { out, kernel: 3, padding: 1 };
  const inside = w.at("conv");
  const first = relu(conv2d(inside.at(0), x, same));
  const second = relu(conv2d(inside.at(2), first, same));
  return relu(add(conv2d(inside.at(4), second, same), x));
}

/** Layers numbered as in one sequence. */
function sequence(w: Weights) {
  let place = 0;
  return {
    next: (): Weights => w.at(`layers.${place++}`),
    /** A layer without weights, which is counted all the same. */
    skip: (): void => void place++,
  };
}

/** A tiny autoencoder and the height and width of the picture. */
export interface TinyAutoencoderInput {
  readonly vae: TinyAutoencoderConfig;
  readonly imageSize: readonly [number, number];
}

/**
 * A picture as a latent, by convolutions alone.
 * Shapes: pixels [N, 3, H, W] in [-1, 1] -> latent [N, C, H / 2^levels, W / 2^levels]
 * Source: TAESD (github.com/madebyollin/taesd); diffusers' AutoencoderTiny, with its weight names.
 */
export const tinyEncoder = defineNetwork({
  name: "tiny-encoder",
  inputs: ({ imageSize: [height, width] }: TinyAutoencoderInput) => ({
    pixels: { shape: ["N", 3, height, width] },
  }),
  build(w, { pixels }, { vae }) {
    const layers = sequence(w.at("encoder"));
    let h = mul(add(pixels, 1), 0.5);
    vae.encoderBlocks.forEach((blocks, level) => {
      const out = vae.encoderChannels[level] ?? 0;
      const step = level === 0 ? {} : { stride: 2, bias: false };
      h = conv2d(layers.next(), h, { out, kernel: 3, padding: 1, ...step });
      for (let block = 0; block < blocks; block++) h = tinyBlock(layers.next(), h, out);
    });
    return { latent: conv2d(layers.next(), h, { out: vae.latentChannels, kernel: 3, padding: 1 }) };
  },
});

/**
 * A latent as a picture, by convolutions alone; great values are bent back first.
 * Shapes: latent [N, C, h, w] -> pixels [N, 3, 2^levels h, 2^levels w] in about [-1, 1]
 * Source: as `tinyEncoder`.
 */
export const tinyDecoder = defineNetwork({
  name: "tiny-decoder",
  inputs: ({ vae, imageSize: [height, width] }: TinyAutoencoderInput) => {
    const step = 2 ** (vae.decoderBlocks.length - 1);
    return { latent: { shape: ["N", vae.latentChannels, height / step, width / step] } };
  },
  build(w, { latent }, { vae }) {
    const layers = sequence(w.at("decoder"));
    const first = { out: vae.decoderChannels[0] ?? 0, kernel: 3, padding: 1 };
    let h = relu(conv2d(layers.next(), mul(tanh(mul(latent, 1 / 3)), 3), first));
    layers.skip();
    vae.decoderBlocks.forEach((blocks, level) => {
      const out = vae.decoderChannels[level] ?? 0;
      const isLast = level === vae.decoderBlocks.length - 1;
      for (let block = 0; block < blocks; block++) h = tinyBlock(layers.next(), h, out);
      if (!isLast) {
        h = resizeNearest(h, 2);
        layers.skip();
      }
      const to = { out: isLast ? 3 : out, kernel: 3, padding: 1, bias: isLast };
      h = conv2d(layers.next(), h, to);
    });
    return { pixels: sub(mul(h, 2), 1) };
  },
});
