import {
  type Flux2BlockConfig,
  flux2DoubleBlock,
  flux2SingleBlock,
  type Modulation,
} from "../blocks/flux2-blocks.ts";
import { flattenPixels, gridOfTokens } from "../layers/flatten-pixels.ts";
import { linear } from "../layers/linear.ts";
import { plainNorm } from "../layers/plain-norm.ts";
import { axisTable } from "../layers/rotary-embedding.ts";
import { timestepEmbedding } from "../layers/timestep-embedding.ts";
import type { Tensor } from "../onnx/graph.ts";
import { concat, sliceAxis, split, unsqueeze } from "../onnx/ops/arrange.ts";
import { add, mul, silu } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";
import { configFields, unsupported } from "./config-fields.ts";
import { defineNetwork, type InputSpec } from "./define-network.ts";

/** Sizes of a FLUX.2. */
export interface Flux2Config extends Flux2BlockConfig {
  readonly channels: number;
  readonly width: number;
  readonly doubleBlocks: number;
  readonly singleBlocks: number;
  /** Width of the text's states. */
  readonly textWidth: number;
  readonly timeWaves: number;
  /** Numbers of a head that turn by picture, row, column and word. */
  readonly axisDepths: readonly number[];
  readonly theta: number;
}

/**
 * A FLUX.2 from its `config.json`; what is missing has diffusers' defaults.
 * Throws: config.field, config.unsupported.
 */
export function parseFlux2Config(json: unknown, at?: string): Flux2Config {
  const fields = configFields(json, at);
  if (fields.flag("guidance_embeds", true)) {
    throw unsupported(`${fields.at}: guidance_embeds`, "only [klein], which has none, is read.");
  }
  const [heads, depth] = [
    fields.integer("num_attention_heads", 48),
    fields.integer("attention_head_dim", 128),
  ];
  const channels = fields.integer("in_channels", 128);
  const axisDepths = fields.numbers("axes_dims_rope", 4, [32, 32, 32, 32]);
  if (
    fields.integer("patch_size", 1) !== 1 ||
    fields.integer("out_channels", channels) !== channels
  ) {
    throw unsupported(fields.at, "patches of its own, or other channels out than in.");
  }
  if (axisDepths.reduce((sum, size) => sum + size, 0) !== depth) {
    throw unsupported(`${fields.at}: axes_dims_rope`, `not ${depth} numbers in all.`);
  }
  return {
    channels,
    heads,
    axisDepths,
    width: heads * depth,
    hidden: Math.floor(heads * depth * fields.number("mlp_ratio", 3)),
    epsilon: fields.number("eps", 1e-6),
    doubleBlocks: fields.integer("num_layers", 8),
    singleBlocks: fields.integer("num_single_layers", 48),
    textWidth: fields.integer("joint_attention_dim", 15_360),
    timeWaves: fields.integer("timestep_guidance_channels", 256),
    theta: fields.number("rope_theta", 2000),
  };
}

/** A FLUX.2 and the sizes of its inputs in one session. */
export interface Flux2Input {
  readonly transformer: Flux2Config;
  readonly textTokens: number;
  /** Height and width of the picture, in tokens. */
  readonly size: readonly [number, number];
  /** The same of each reference picture. */
  readonly references: readonly (readonly [number, number])[];
}

const gridPlaces = (picture: number, [height, width]: readonly [number, number]) =>
  Array.from({ length: height * width }, (_, at) => [
    picture,
    Math.floor(at / width),
    at % width,
    0,
  ]);

/** Places of words, of the picture and of references, each of which lies ten further from it. */
function placesOf({ textTokens, size, references }: Flux2Input): readonly (readonly number[])[] {
  return [
    ...Array.from({ length: textTokens }, (_, word) => [0, 0, 0, word]),
    ...gridPlaces(0, size),
    ...references.flatMap((reference, at) => gridPlaces(10 + 10 * at, reference)),
  ];
}

/** So many modulations of one vector. Shapes: time [N, D] -> [N, 1, D] each */
function modulations(w: Weights, time: Tensor, count: number): readonly Modulation[] {
  const width = sizeOf(time, -1);
  const out = 3 * count * width;
  const all = unsqueeze(linear(w.at("linear"), silu(time), { out, bias: false }), [1]);
  const parts = split(all, 2, Array<number>(3 * count).fill(width));
  return Array.from({ length: count }, (_, at) => {
    const [shift, scale, gate] = parts.slice(3 * at, 3 * at + 3) as [Tensor, Tensor, Tensor];
    return { shift, scale, gate };
  });
}

function timeFeatures(
  w: Weights,
  timestep: Tensor,
  { timeWaves, width: out }: Flux2Config,
): Tensor {
  const wave = timestepEmbedding(timestep, timeWaves);
  const first = linear(w.at("linear_1"), wave, { out, bias: false });
  return linear(w.at("linear_2"), silu(first), { out, bias: false });
}

function transform(
  w: Weights,
  text: Tensor,
  image: Tensor,
  time: Tensor,
  input: Flux2Input,
): Tensor {
  const { transformer: config } = input;
  const { axisDepths: depths, theta } = config;
  const turns = axisTable(w.graph, { places: placesOf(input), depths, theta });
  type Pair = readonly [Modulation, Modulation];
  const double = {
    text: modulations(w.at("double_stream_modulation_txt"), time, 2) as Pair,
    image: modulations(w.at("double_stream_modulation_img"), time, 2) as Pair,
  };
  const [single] = modulations(w.at("single_stream_modulation"), time, 1) as [Modulation];
  const to = { out: config.width, bias: false };
  let streams = {
    text: linear(w.at("context_embedder"), text, to),
    image: linear(w.at("x_embedder"), image, to),
  };
  for (let block = 0; block < config.doubleBlocks; block++) {
    streams = flux2DoubleBlock(w.at(`transformer_blocks.${block}`), streams, double, config, turns);
  }
  let x = concat([streams.text, streams.image], 1);
  for (let block = 0; block < config.singleBlocks; block++) {
    x = flux2SingleBlock(w.at(`single_transformer_blocks.${block}`), x, single, config, turns);
  }
  return x;
}

/**
 * The velocity of a noisy latent, under a text's states and reference pictures.
 * Shapes: sample [N, C, h, w], timestep [N], text [N, T, E], reference.k [N, C, h_k, w_k] -> output [N, C, h, w]
 * Source: FLUX.2 (github.com/black-forest-labs/flux2); weight names of diffusers' Flux2Transformer2DModel.
 */
export const flux2Transformer = defineNetwork<Flux2Input, string, "output">({
  name: "flux2-transformer",
  inputs: ({ transformer, textTokens, size, references }) => {
    const grid = ([height, width]: readonly [number, number]): InputSpec => ({
      shape: ["N", transformer.channels, height, width],
    });
    return {
      sample: grid(size),
      timestep: { shape: ["N"] },
      text: { shape: ["N", textTokens, transformer.textWidth] },
      ...Object.fromEntries(references.map((one, at) => [`reference.${at}`, grid(one)])),
    };
  },
  build(w, inputs, input) {
    const { transformer: config, textTokens, references } = input;
    const { sample, timestep, text } = inputs as Record<"sample" | "timestep" | "text", Tensor>;
    const [height, width] = input.size;
    const pictures = [sample, ...references.map((_, at) => inputs[`reference.${at}`] as Tensor)];
    const image = concat(pictures.map(flattenPixels), 1);
    const time = timeFeatures(w.at("time_guidance_embed.timestep_embedder"), timestep, config);
    const mixed = transform(w, text, image, time, input);
    const own = sliceAxis(mixed, 1, textTokens, textTokens + height * width);
    const out = 2 * config.width;
    const last = unsqueeze(linear(w.at("norm_out.linear"), silu(time), { out, bias: false }), [1]);
    const [scale, shift] = split(last, 2, [config.width, config.width]) as [Tensor, Tensor];
    const normed = add(mul(plainNorm(own, config.epsilon), add(scale, 1)), shift);
    const tokens = linear(w.at("proj_out"), normed, { out: config.channels, bias: false });
    return { output: gridOfTokens(tokens, height, width) };
  },
});
