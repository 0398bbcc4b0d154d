import type { PatchSizes } from "../blocks/patch-embedding.ts";
import type { VitLayerConfig } from "../blocks/vit-layer.ts";
import { configFields } from "./config-fields.ts";
import { vitFields } from "./vit-fields.ts";

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
  return {
    ...vitFields(fields),
    hidden: fields.integer("intermediate_size", 3072),
    epsilon: fields.number("layer_norm_eps", 1e-12),
    patchSize: fields.integer("patch_size", 16),
  };
}
