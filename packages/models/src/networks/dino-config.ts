import type { PatchSizes } from "../blocks/patch-embedding.ts";
import type { VitLayerConfig } from "../blocks/vit-layer.ts";
import { configFields, unsupported } from "./config-fields.ts";

/** Sizes of a DINO: a plain vision transformer. */
export interface DinoConfig extends VitLayerConfig, PatchSizes {
  readonly layers: number;
}

/**
 * A DINO from its `config.json`; what is missing has the defaults of transformers' ViT.
 * Throws: config.field, config.unsupported.
 */
export function parseDinoConfig(json: unknown, at?: string): DinoConfig {
  const fields = configFields(json, at);
  fields.choice("model_type", ["vit"]);
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
  if (fields.integer("num_channels", 3) !== 3) {
    throw unsupported(`${fields.at}: num_channels`, "pictures have three channels here.");
  }
  return {
    width,
    heads,
    hidden: fields.integer("intermediate_size", 3072),
    layers: fields.integer("num_hidden_layers", 12),
    epsilon: fields.number("layer_norm_eps", 1e-12),
    hasBias: fields.flag("qkv_bias", true),
    patchSize: fields.integer("patch_size", 16),
    trainedSize: fields.integer("image_size", 224),
  };
}
