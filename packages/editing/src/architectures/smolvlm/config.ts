import { configFields } from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";

/** What has to be known of a SmolVLM besides its graphs. */
export interface SmolVlmConfig {
  /** Side of the square in which a picture is seen. */
  readonly imageSize: number;
  readonly tokensOfPicture: number;
  readonly kvHeads: number;
  readonly headSize: number;
  /** Precisions of the decoder whose keys and values are in half precision. */
  readonly halfCaches: readonly string[];
}

/** Reads `config.json`. Throws: config.field. */
export function readSmolVlmConfig({ config, configPath }: CheckpointComponent): SmolVlmConfig {
  const fields = configFields(config, configPath);
  const [vision, text] = [fields.part("vision_config"), fields.part("text_config")];
  const imageSize = vision.integer("image_size", 512);
  const side = Math.floor(imageSize / vision.integer("patch_size", 16));
  const heads = text.integer("num_attention_heads", 9);
  const caches: Readonly<Record<string, unknown>> = Object(
    fields.part("transformers.js_config").raw("kv_cache_dtype"),
  );
  return {
    imageSize,
    tokensOfPicture: (side / fields.integer("scale_factor", 4)) ** 2,
    kvHeads: text.integer("num_key_value_heads", heads),
    headSize: text.integer("head_dim", Math.floor(text.integer("hidden_size", 576) / heads)),
    halfCaches: Object.keys(caches).filter((name) => caches[name] === "float16"),
  };
}
