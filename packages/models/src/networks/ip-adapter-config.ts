import { ModelError } from "../errors.ts";
import type { WeightMap } from "../onnx/stored-tensor.ts";
import { unsupported } from "./config-fields.ts";
import type {
  ImagePerceptronConfig,
  ImageProjectionConfig,
  ImageResamplerConfig,
} from "./ip-adapter.ts";

/** Which of IP-Adapter's projections a checkpoint holds. Plus and Full read features, the plain one an embedding. */
export type IpAdapterProjection =
  | { readonly kind: "plain"; readonly config: ImageProjectionConfig }
  | { readonly kind: "plus"; readonly config: ImageResamplerConfig }
  | { readonly kind: "full"; readonly config: ImagePerceptronConfig };

// Every published resampler has heads of this width, which no tensor shows.
const headWidth = 64;

interface Sizes {
  /** One axis of a tensor. Throws: weights.missing. */
  of(path: string, axis: number): number;
  has(path: string): boolean;
}

function sizesUnder(weights: WeightMap, prefix: string): Sizes {
  return {
    of(path, axis) {
      const size = weights.get(`${prefix}.${path}`)?.shape[axis];
      if (size !== undefined) return size;
      throw new ModelError("weights.missing", "the image projection has no such tensor.", {
        at: `${prefix}.${path}`,
        hint: "Choose an IP-Adapter whose projection is plain, Plus or Full.",
      });
    },
    has: (path) => weights.has(`${prefix}.${path}`),
  };
}

function layersOf(sizes: Sizes): number {
  let layers = 0;
  while (sizes.has(`layers.${layers}.0.to_q.weight`)) layers++;
  return layers;
}

function resamplerOf(sizes: Sizes, features: number, prefix: string): ImageResamplerConfig {
  for (const path of ["pos_emb.weight", "to_latents_from_mean_pooled_seq.1.weight"]) {
    if (sizes.has(path)) throw unsupported(`${prefix}.${path}`, "no published IP-Adapter has it.");
  }
  return {
    features,
    featureWidth: sizes.of("proj_in.weight", 1),
    resampler: {
      queries: sizes.of("latents", 1),
      width: sizes.of("latents", 2),
      layers: layersOf(sizes),
      heads: sizes.of("layers.0.0.to_q.weight", 0) / headWidth,
      headWidth,
      hidden: sizes.of("layers.0.1.1.weight", 0),
      out: sizes.of("proj_out.weight", 0),
    },
  };
}

/**
 * The projection of an IP-Adapter, which has no config.json: its sizes are those of its tensors. `features` is the
 * image encoder's number of tokens, its class token among them.
 * Throws: weights.missing, config.unsupported.
 */
export function ipAdapterProjection(
  weights: WeightMap,
  features: number,
  prefix = "image_proj",
): IpAdapterProjection {
  const sizes = sizesUnder(weights, prefix);
  if (sizes.has("latents")) {
    return { kind: "plus", config: resamplerOf(sizes, features, prefix) };
  }
  if (sizes.has("proj.3.weight")) {
    const featureWidth = sizes.of("proj.0.weight", 1);
    if (sizes.of("proj.0.weight", 0) !== featureWidth) {
      throw unsupported(
        `${prefix}.proj.0.weight`,
        "an IP-Adapter of another kind, such as FaceID.",
      );
    }
    const width = sizes.of("proj.2.weight", 0);
    return { kind: "full", config: { features, featureWidth, width } };
  }
  const width = sizes.of("norm.weight", 0);
  const [out, embeds] = [sizes.of("proj.weight", 0), sizes.of("proj.weight", 1)];
  return { kind: "plain", config: { embeds, width, tokens: out / width } };
}
