import type { ClipEncoderConfig } from "../blocks/clip-encoder.ts";
import { type ConfigFields, configFields, unsupported } from "./config-fields.ts";

/** What CLIP's two halves have in common. */
interface ClipHalfConfig extends Required<ClipEncoderConfig> {
  readonly width: number;
  /** Width of the space that texts and pictures share. */
  readonly projection: number;
}

/** Sizes of CLIP's text half. */
export interface ClipTextConfig extends ClipHalfConfig {
  readonly vocabulary: number;
  /** Every text is padded or cut to this length. */
  readonly maxTokens: number;
  /** Id whose first place is pooled; undefined: the place of the greatest id, which CLIP's own end token is. */
  readonly endToken: number | undefined;
}

/** Sizes of CLIP's vision half. */
export interface ClipVisionConfig extends ClipHalfConfig {
  /** Side of the square picture in pixels. */
  readonly imageSize: number;
  readonly patchSize: number;
}

interface HalfDefaults {
  readonly width: number;
  readonly hidden: number;
  readonly heads: number;
}

function parseHalf(
  fields: ConfigFields,
  top: ConfigFields,
  standard: HalfDefaults,
): ClipHalfConfig {
  const [width, heads] = [
    fields.integer("hidden_size", standard.width),
    fields.integer("num_attention_heads", standard.heads),
  ];
  if (width % heads !== 0) {
    throw unsupported(
      `${fields.at}: num_attention_heads`,
      `${heads} heads do not divide ${width}.`,
    );
  }
  // Of a whole CLIP it is the outer field that counts.
  const projection = top.has("projection_dim") ? top : fields;
  return {
    width,
    heads,
    hidden: fields.integer("intermediate_size", standard.hidden),
    layers: fields.integer("num_hidden_layers", 12),
    activation: fields.choice("hidden_act", ["quick_gelu", "gelu"], "quick_gelu"),
    epsilon: fields.number("layer_norm_eps", 1e-5),
    projection: projection.integer("projection_dim", 512),
  };
}

/** One half's fields, whether the file describes a whole CLIP or that half alone. */
function halfOf(top: ConfigFields, half: "text" | "vision"): ConfigFields {
  const models = ["clip", `clip_${half}_model`] as const;
  const model = top.choice("model_type", models, `clip_${half}_model`);
  return model === "clip" || top.has(`${half}_config`) ? top.part(`${half}_config`) : top;
}

/**
 * The text half of a CLIP from its `config.json`, or from a whole CLIP's; what is missing has transformers' defaults.
 * Throws: config.field, config.unsupported.
 */
export function parseClipTextConfig(json: unknown, at?: string): ClipTextConfig {
  const top = configFields(json, at);
  const fields = halfOf(top, "text");
  const end = fields.integer("eos_token_id", 49_407);
  return {
    ...parseHalf(fields, top, { width: 512, hidden: 2048, heads: 8 }),
    vocabulary: fields.integer("vocab_size", 49_408),
    maxTokens: fields.integer("max_position_embeddings", 77),
    // Old files name 2, which is no end token; transformers then pools at the greatest id.
    endToken: end === 2 ? undefined : end,
  };
}

/**
 * The vision half of a CLIP from its `config.json`, or from a whole CLIP's.
 * Throws: config.field, config.unsupported.
 */
export function parseClipVisionConfig(json: unknown, at?: string): ClipVisionConfig {
  const top = configFields(json, at);
  const fields = halfOf(top, "vision");
  const [imageSize, patchSize] = [
    fields.integer("image_size", 224),
    fields.integer("patch_size", 32),
  ];
  if (fields.integer("num_channels", 3) !== 3) {
    throw unsupported(`${fields.at}: num_channels`, "pictures have three channels here.");
  }
  if (patchSize > imageSize) {
    throw unsupported(`${fields.at}: patch_size`, `${patchSize} does not fit into ${imageSize}.`);
  }
  return {
    ...parseHalf(fields, top, { width: 768, hidden: 3072, heads: 12 }),
    imageSize,
    patchSize,
  };
}
