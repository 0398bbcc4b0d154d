import type { LlamaConfig } from "../blocks/llama.ts";
import type { RotaryOptions, RotaryScaling } from "../layers/rotary-embedding.ts";
import { parseClipVisionConfig } from "./clip-config.ts";
import type { ClipFeaturesConfig } from "./clip-vision.ts";
import { type ConfigFields, configFields, unsupported } from "./config-fields.ts";

/** Sizes of the language model. */
export interface LanguageConfig extends LlamaConfig {
  readonly width: number;
  /** Rows of the checkpoint's table of embeddings. */
  readonly vocabulary: number;
}

/** The sequence that the network reads, and what in it is no word of the checkpoint's own. */
export interface LlavaSequence {
  /** Tokens, patches among them; shorter prompts are padded at their end. */
  readonly length: number;
  /** Id that stands at the place of each patch. */
  readonly imageToken: number;
  /** r, how many [MM] tokens stand in a row. */
  readonly mmTokens: number;
  /** Id of the first of them. */
  readonly firstMmToken: number;
  /** Rows for ids from `vocabulary` on, in a tensor of their own; 0 when the checkpoint's table holds them all. */
  readonly extraTokens: number;
}

/** All sizes of a LLaVA for one prompt layout. */
export interface LlavaConfig {
  readonly features: ClipFeaturesConfig;
  /** Linear layers with gelu between them: 1 in LLaVA, 2 in LLaVA-1.5. */
  readonly projectorLayers: number;
  readonly language: LanguageConfig;
  readonly sequence: LlavaSequence;
}

function parseScaling(fields: ConfigFields): RotaryScaling | undefined {
  const name = fields.has("rope_type") ? "rope_type" : "type";
  const kind = fields.choice(name, ["default", "linear", "llama3"], "default");
  if (kind === "default") return undefined;
  const factor = fields.number("factor");
  if (kind === "linear") return { kind, factor };
  return {
    kind,
    factor,
    lowFrequency: fields.number("low_freq_factor"),
    highFrequency: fields.number("high_freq_factor"),
    firstLength: fields.number("original_max_position_embeddings"),
  };
}

/** Newer files keep base and scaling together. */
function parseRotary(fields: ConfigFields): RotaryOptions {
  const isNew = fields.has("rope_parameters");
  const scaling = fields.part(isNew ? "rope_parameters" : "rope_scaling");
  const theta = (isNew ? scaling : fields).number("rope_theta", 10_000);
  return { theta, scaling: parseScaling(scaling) };
}

function parseLanguage(fields: ConfigFields): LanguageConfig {
  fields.choice("hidden_act", ["silu"], "silu");
  if (fields.flag("mlp_bias", false)) {
    throw unsupported(`${fields.at}: mlp_bias`, "the perceptron has no bias here.");
  }
  const width = fields.integer("hidden_size", 4096);
  const heads = fields.integer("num_attention_heads", 32);
  const keyHeads = fields.integer("num_key_value_heads", heads);
  const headWidth = fields.integer("head_dim", width / heads);
  if (heads % keyHeads !== 0) {
    throw unsupported(`${fields.at}: num_key_value_heads`, `${keyHeads} do not divide ${heads}.`);
  }
  return {
    width,
    heads,
    keyHeads,
    headWidth,
    vocabulary: fields.integer("vocab_size", 32_000),
    hidden: fields.integer("intermediate_size", 11_008),
    layers: fields.integer("num_hidden_layers", 32),
    epsilon: fields.number("rms_norm_eps", 1e-6),
    attentionBias: fields.flag("attention_bias", false),
    rotary: parseRotary(fields),
  };
}

/** LLaVA as transformers writes it: tower, projector and language model in one file. */
function parseTogether(top: ConfigFields, json: { readonly vision_config?: unknown }) {
  const text = top.part("text_config");
  text.choice("model_type", ["llama"], "llama");
  top.choice("projector_hidden_act", ["gelu"], "gelu");
  if (!top.flag("multimodal_projector_bias", true)) {
    throw unsupported(`${top.at}: multimodal_projector_bias`, "the projector has a bias here.");
  }
  const vision = json.vision_config ?? {};
  return {
    features: {
      vision: parseClipVisionConfig(vision, `${top.at}: vision_config`),
      selectLayer: top.number("vision_feature_layer", -2),
      keepClass:
        top.choice("vision_feature_select_strategy", ["default", "full"], "default") === "full",
    },
    projectorLayers: 2,
    language: parseLanguage(text),
  };
}

/** LLaVA as its authors write it: the tower is another checkpoint, which the file names. */
function parseApart(top: ConfigFields, vision: unknown) {
  const projector = top.choice("mm_projector_type", ["linear", "mlp2x_gelu"], "linear");
  const feature = top.choice("mm_vision_select_feature", ["patch", "cls_patch"], "patch");
  return {
    features: {
      vision: parseClipVisionConfig(vision, "config.json of the vision tower"),
      selectLayer: top.number("mm_vision_select_layer", -2),
      keepClass: feature === "cls_patch",
    },
    projectorLayers: projector === "linear" ? 1 : 2,
    language: parseLanguage(top),
  };
}

/** The JSON files that describe a LLaVA. */
export interface LlavaConfigFiles {
  /** The checkpoint's config.json. */
  readonly llava: unknown;
  /** The vision tower's own, where the checkpoint names another one in `mm_vision_tower`. */
  readonly vision?: unknown;
}

/**
 * LLaVA from its `config.json`, in transformers' form or in that of its authors.
 * Throws: config.field, config.unsupported.
 */
export function parseLlavaConfig(files: LlavaConfigFiles, sequence: LlavaSequence): LlavaConfig {
  const top = configFields(files.llava);
  top.choice("model_type", ["llava", "llava_llama", "llama"], "llava");
  const parts = top.has("text_config")
    ? parseTogether(top, files.llava as { readonly vision_config?: unknown })
    : parseApart(top, files.vision);
  return { ...parts, sequence };
}
