import type { LlamaLayerConfig } from "../blocks/llama-layer.ts";
import { type ConfigFields, configFields, unsupported } from "./config-fields.ts";

/** Sizes of a Qwen3 language model. */
export interface QwenTextConfig extends Required<LlamaLayerConfig> {
  readonly vocabulary: number;
  readonly width: number;
  readonly layers: number;
  readonly theta: number;
  /** Pairs of a head that turn by time, by height and by width of a picture; a text's positions are equal on all three. */
  readonly sections: readonly number[];
  /** Whether words are predicted by the table that embeds them. */
  readonly isTied: boolean;
}

/** Sizes of a Qwen3-VL's vision tower. */
export interface QwenVisionConfig {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly hidden: number;
  readonly activation: "gelu" | "gelu-tanh";
  readonly patchSize: number;
  /** Pictures of a film that make one patch; a single picture is repeated. */
  readonly frames: number;
  /** Side of the square of patches that becomes one token. */
  readonly merge: number;
  /** Width of the language model. */
  readonly out: number;
  /** Side of the square grid of learnt places. */
  readonly grid: number;
  /** Layers, counted from 0, whose features are also given. */
  readonly deepLayers: readonly number[];
  readonly theta: number;
}

/** A Qwen3 or Qwen3-VL; one without vision reads texts alone. */
export interface QwenConfig {
  readonly text: QwenTextConfig;
  readonly vision?: QwenVisionConfig | undefined;
  /** Tokens at a picture's place and at its two ends. */
  readonly imageToken: number;
}

/** transformers 5 writes `rope_parameters`, before that a theta beside `rope_scaling`. */
function rotaryOf(fields: ConfigFields, headWidth: number) {
  const isNew = fields.has("rope_parameters");
  const rope = fields.part(isNew ? "rope_parameters" : "rope_scaling");
  rope.choice("rope_type", ["default"], "default");
  const theta = (isNew && rope.has("rope_theta") ? rope : fields).number("rope_theta", 1_000_000);
  const sections = rope.numbers("mrope_section", 3, [headWidth / 2, 0, 0]);
  if (sections.reduce((sum, size) => sum + size, 0) !== headWidth / 2) {
    throw unsupported(
      `${rope.at}: mrope_section`,
      `${sections.join(", ")} are not ${headWidth / 2} pairs in all.`,
    );
  }
  return { theta, sections };
}

function parseText(fields: ConfigFields, isTied: boolean): QwenTextConfig {
  fields.choice("hidden_act", ["silu"], "silu");
  if (fields.flag("use_sliding_window", false)) {
    throw unsupported(`${fields.at}: use_sliding_window`, "attention within a window.");
  }
  const [width, heads] = [fields.integer("hidden_size"), fields.integer("num_attention_heads")];
  const headWidth = fields.integer("head_dim", 128);
  const keyHeads = fields.integer("num_key_value_heads", heads);
  if (heads % keyHeads !== 0) {
    throw unsupported(
      `${fields.at}: num_key_value_heads`,
      `${keyHeads} heads do not divide ${heads}.`,
    );
  }
  return {
    vocabulary: fields.integer("vocab_size"),
    width,
    heads,
    keyHeads,
    headWidth,
    isTied,
    layers: fields.integer("num_hidden_layers"),
    hidden: fields.integer("intermediate_size"),
    epsilon: fields.number("rms_norm_eps", 1e-6),
    attentionBias: fields.flag("attention_bias", false),
    normalizesHeads: true,
    ...rotaryOf(fields, headWidth),
  };
}

const activations = {
  gelu: "gelu",
  gelu_pytorch_tanh: "gelu-tanh",
} as const satisfies Record<string, QwenVisionConfig["activation"]>;

function parseVision(fields: ConfigFields, width: number): QwenVisionConfig {
  const places = fields.integer("num_position_embeddings");
  const grid = Math.round(Math.sqrt(places));
  const activation = fields.choice(
    "hidden_act",
    ["gelu", "gelu_pytorch_tanh"],
    "gelu_pytorch_tanh",
  );
  const layers = fields.integer("depth");
  const deepLayers = fields.raw("deepstack_visual_indexes") ?? [];
  const isLayer = (index: unknown): boolean =>
    Number.isSafeInteger(index) && Number(index) < layers;
  if (!(Array.isArray(deepLayers) && deepLayers.every(isLayer))) {
    throw unsupported(
      `${fields.at}: deepstack_visual_indexes`,
      "not a list of the layers' numbers.",
    );
  }
  if (grid * grid !== places) {
    throw unsupported(`${fields.at}: num_position_embeddings`, `${places} places are no square.`);
  }
  if (fields.integer("out_hidden_size") !== width) {
    throw unsupported(
      `${fields.at}: out_hidden_size`,
      `the language model is ${width} wide, not ${fields.integer("out_hidden_size")}.`,
    );
  }
  return {
    layers,
    grid,
    activation: activations[activation],
    deepLayers,
    out: width,
    width: fields.integer("hidden_size"),
    heads: fields.integer("num_heads"),
    hidden: fields.integer("intermediate_size"),
    patchSize: fields.integer("patch_size"),
    frames: fields.integer("temporal_patch_size"),
    merge: fields.integer("spatial_merge_size"),
    theta: fields.part("rope_parameters").number("rope_theta", 10_000),
  };
}

/**
 * A Qwen3-VL or a Qwen3 from its `config.json`.
 * Throws: config.field, config.unsupported.
 */
export function parseQwenConfig(json: unknown, at?: string): QwenConfig {
  const fields = configFields(json, at);
  const kind = fields.choice("model_type", ["qwen3_vl", "qwen3"]);
  const isTied = fields.flag("tie_word_embeddings", false);
  if (kind === "qwen3") return { text: parseText(fields, isTied), imageToken: 0 };
  const text = parseText(fields.part("text_config"), isTied);
  return {
    text,
    vision: parseVision(fields.part("vision_config"), text.width),
    imageToken: fields.integer("image_token_id", 151_655),
  };
}
