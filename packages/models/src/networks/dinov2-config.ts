import type { Dinov2LayerConfig } from "../blocks/dinov2-layer.ts";
import type { PatchSizes } from "../blocks/patch-embedding.ts";
import { configFields, unsupported } from "./config-fields.ts";
import { vitFields } from "./vit-fields.ts";

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
  const sizes = vitFields(fields);
  if (fields.flag("use_swiglu_ffn", false)) {
    throw unsupported(`${fields.at}: use_swiglu_ffn`, "the gated perceptron of the giant model.");
  }
  return {
    ...sizes,
    hidden: Math.floor(sizes.width * fields.number("mlp_ratio", 4)),
    epsilon: fields.number("layer_norm_eps", 1e-6),
    patchSize: fields.integer("patch_size", 14),
  };
}
