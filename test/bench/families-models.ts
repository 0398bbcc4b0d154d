import type { OwnedSession } from "../../packages/engine/src/runtime.ts";
import { buildNetwork, type Network } from "../../packages/models/src/networks/define-network.ts";
import { parseDreamliteConfig } from "../../packages/models/src/networks/dreamlite-config.ts";
import { dreamliteUnet } from "../../packages/models/src/networks/dreamlite-unet.ts";
import {
  flux2Transformer,
  parseFlux2Config,
} from "../../packages/models/src/networks/flux2-transformer.ts";
import {
  type NetworkSource,
  networkSource,
} from "../../packages/models/src/networks/network-source.ts";
import { parseQwenConfig } from "../../packages/models/src/networks/qwen-config.ts";
import { qwenStep } from "../../packages/models/src/networks/qwen-text.ts";
import type { WeightMap } from "../../packages/models/src/onnx/stored-tensor.ts";
import { mapKeys } from "../../packages/models/src/weights/key-maps/map-keys.ts";
import { bareQwen } from "../../packages/models/src/weights/key-maps/transformers-qwen.ts";
import { generate, type Run, takeSteps } from "./families-runs.ts";

/** Small networks try the bench in a minute. */
export type Size = "small" | "full";
type Shapes = Readonly<Record<string, readonly number[]>>;

/** A model as both sides read it from a folder. */
export interface Model {
  readonly title: string;
  readonly dtype: "float32" | "bfloat16";
  readonly unit: "step" | "token";
  config(size: Size): Readonly<Record<string, unknown>>;
  /** @param promptTokens Of a language model. */
  inputs(config: Readonly<Record<string, unknown>>, promptTokens: number): Shapes;
  /** Names and shapes of its checkpoint. */
  shapes(config: unknown): Shapes;
  source(config: unknown, weights: WeightMap): NetworkSource;
  /** @param count Of steps or tokens. */
  run(session: OwnedSession, config: unknown, inputs: WeightMap, count: number): Promise<Run>;
}

const textTokens = { dreamlite: 128, klein: 512 };

function shapesOf<Config, Input extends string, Output extends string>(
  network: Network<Config, Input, Output>,
  config: Config,
): Shapes {
  const { weights } = buildNetwork(network, config).graph;
  return Object.fromEntries(
    [...weights].map(([name, { tensor }]) => [name, tensor.shape.map(Number)]),
  );
}

const dreamliteOf = (config: unknown) => ({
  unet: parseDreamliteConfig(config),
  size: [64, 128] as const,
  textTokens: textTokens.dreamlite,
});

const kleinOf = (config: unknown) => ({
  transformer: parseFlux2Config(config),
  size: [16, 16] as const,
  references: [[16, 16]] as const,
  textTokens: textTokens.klein,
});

const qwenOf = (config: unknown) => ({ text: parseQwenConfig(config).text });

/** Sizes of Qwen3-VL 2B and FLUX.2 [klein] 4B; of DreamLite's U-Net, diffusers' defaults. */
export const models: Readonly<Record<"dreamlite" | "qwen" | "klein", Model>> = {
  dreamlite: {
    title: "DreamLite's U-Net, a step at 512x512",
    dtype: "float32",
    unit: "step",
    config: (size) => ({
      ...(size === "small" && { attention_head_dim: [4, 8, 8], norm_num_groups: 8 }),
      down_block_types: ["NoSelfAttnDown", "NoSelfAttnDown", "Down"].map(
        (way) => `DreamLiteCrossAttn${way}Block2D`,
      ),
      up_block_types: ["CrossAttnUp", "CrossAttnNoSelfAttnUp", "Up"].map(
        (way) => `DreamLite${way}Block2D`,
      ),
      block_out_channels: size === "small" ? [32, 64, 64] : [320, 640, 1280],
      encoder_hid_dim: 2048,
      encoder_hid_dim_type: "text_proj_rms",
      addition_embed_type: "time",
      addition_time_embed_dim: 256,
      projection_class_embeddings_input_dim: 512,
    }),
    inputs: () => ({
      sample: [1, 4, 64, 128],
      timestep: [1],
      pixels: [1, 2],
      text: [1, textTokens.dreamlite, 2048],
      mask: [1, textTokens.dreamlite],
    }),
    shapes: (config) => shapesOf(dreamliteUnet, dreamliteOf(config)),
    source: (config, weights) => networkSource(dreamliteUnet, dreamliteOf(config), weights),
    run: (session, _, inputs, steps) => takeSteps(session, inputs, steps),
  },
  qwen: {
    title: "Qwen3-VL 2B's language model, greedy generation",
    dtype: "bfloat16",
    unit: "token",
    config: (size) => ({
      model_type: "qwen3",
      vocab_size: size === "small" ? 2048 : 151_936,
      hidden_size: size === "small" ? 128 : 2048,
      intermediate_size: size === "small" ? 256 : 6144,
      num_hidden_layers: size === "small" ? 4 : 28,
      num_attention_heads: size === "small" ? 4 : 16,
      num_key_value_heads: size === "small" ? 2 : 8,
      head_dim: size === "small" ? 32 : 128,
      tie_word_embeddings: true,
      rope_parameters: { rope_type: "default", rope_theta: 5_000_000 },
    }),
    inputs: (_, promptTokens) => ({ ids: [promptTokens] }),
    shapes: (config) =>
      Object.fromEntries(
        Object.entries(shapesOf(qwenStep, qwenOf(config))).map(([name, shape]) => [
          name.replace("model.language_model.", "model."),
          shape,
        ]),
      ),
    source: (config, weights) =>
      networkSource(qwenStep, qwenOf(config), mapKeys(weights, [bareQwen]), { staysInFiles: true }),
    run: (session, config, inputs, tokens) =>
      generate(session, qwenOf(config).text, inputs, tokens),
  },
  klein: {
    title: "FLUX.2 [klein] 4B's transformer, a step at 256x256 with one reference",
    dtype: "bfloat16",
    unit: "step",
    config: (size) => ({
      num_layers: size === "small" ? 1 : 5,
      num_single_layers: size === "small" ? 2 : 20,
      num_attention_heads: size === "small" ? 2 : 24,
      joint_attention_dim: size === "small" ? 256 : 7680,
      guidance_embeds: false,
    }),
    inputs: ({ joint_attention_dim: width }) => ({
      sample: [1, 128, 16, 16],
      "reference.0": [1, 128, 16, 16],
      timestep: [1],
      text: [1, textTokens.klein, Number(width)],
    }),
    shapes: (config) => shapesOf(flux2Transformer, kleinOf(config)),
    source: (config, weights) =>
      networkSource(flux2Transformer, kleinOf(config), weights, { staysInFiles: true }),
    run: (session, _, inputs, steps) => takeSteps(session, inputs, steps),
  },
};
