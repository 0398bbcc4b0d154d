import type { Dinov2LayerConfig } from "../blocks/dinov2-layer.ts";
import type { PatchSizes } from "../blocks/patch-embedding.ts";
import { configFields, unsupported } from "./config-fields.ts";

/** Sizes of a DINOv2. */
export interface Dinov2Config extends Dinov2LayerConfig, PatchSizes {
  readonly layers: number;
}

/**
 * A DINOv2 from its `config.json`; what is missing has transformers' defaults.
 * Throws: config.field, config.unsupported.
 */
export function parseDinov2Config(json: unknown, at?: string): Dinov2Config {
  const fields = configFields(json, at);
  fields.choice("model_type", ["dinov2"]);
  fields.choice("hidden_act", ["gelu"], "gelu");
  const [width, heads] = [
    fields.integer("hidden_size", 768),
    fields.integer("num_attention_heads", 12),
  ];
  if (width % heads !== 0) {
    throw unsupported(
      `${fields.at}: num_attention_heads`,
      `${heads} heads do not divide ${width}.`,
    );
  }
  if (fields.flag("use_swiglu_ffn", false)) {
    throw unsupported(`${fields.at}: use_swiglu_ffn`, "the gated perceptron of the giant model.");
  }
  if (fields.integer("num_channels", 3) !== 3) {
    throw unsupported(`${fields.at}: num_channels`, "pictures have three channels here.");
  }
  return {
    width,
    heads,
    hidden: Math.floor(width * fields.number("mlp_ratio", 4)),
    layers: fields.integer("num_hidden_layers", 12),
    epsilon: fields.number("layer_norm_eps", 1e-6),
    hasBias: fields.flag("qkv_bias", true),
    patchSize: fields.integer("patch_size", 14),
    trainedSize: fields.integer("image_size", 224),
  };
}
