import { type ResamplerConfig, resampler } from "../blocks/resampler.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { linear } from "../layers/linear.ts";
import { reshape } from "../onnx/ops/arrange.ts";
import { gelu } from "../onnx/ops/elementwise.ts";
import { dimOf } from "../onnx/shape.ts";
import { defineNetwork } from "./define-network.ts";

/** Sizes of the linear projection of IP-Adapter. */
export interface ImageProjectionConfig {
  /** Width of a picture's embedding. */
  readonly embeds: number;
  /** Tokens put out. */
  readonly tokens: number;
  readonly width: number;
}

/**
 * A picture's one embedding becomes a few tokens.
 * Shapes: embeds [N, E] -> image [N, T, D]
 * Source: IP-Adapter (arXiv:2308.06721), section 3.2.1; its ImageProjModel, with its weight names.
 */
export const imageProjection = defineNetwork({
  name: "image-projection",
  inputs: ({ embeds }: ImageProjectionConfig) => ({ embeds: { shape: ["N", embeds] } }),
  build(w, { embeds }, { tokens, width }) {
    const flat = linear(w.at("proj"), embeds, { out: tokens * width });
    return { image: layerNorm(w.at("norm"), reshape(flat, [dimOf(embeds, 0), tokens, width])) };
  },
});

interface FeatureShape {
  /** Tokens of the image encoder, its class token among them. */
  readonly features: number;
  readonly featureWidth: number;
}

/** Sizes of the resampler of IP-Adapter Plus. */
export interface ImageResamplerConfig extends FeatureShape {
  readonly resampler: ResamplerConfig;
}

const featureInputs = ({ features, featureWidth }: FeatureShape) => ({
  features: { shape: ["N", features, featureWidth] },
});

/**
 * A picture's patches become a fixed number of tokens.
 * Shapes: features [N, L, E] -> image [N, Q, D]
 * Source: IP-Adapter Plus (arXiv:2308.06721); its Resampler, with its weight names.
 */
export const imageResampler = defineNetwork({
  name: "image-resampler",
  inputs: (config: ImageResamplerConfig) => featureInputs(config),
  build: (w, { features }, config) => ({ image: resampler(w, features, config.resampler) }),
});

/** Sizes of the perceptron of IP-Adapter Full. */
export interface ImagePerceptronConfig extends FeatureShape {
  readonly width: number;
}

/**
 * Each of a picture's patches becomes a token.
 * Shapes: features [N, L, E] -> image [N, L, D]
 * Source: IP-Adapter Full (arXiv:2308.06721); its MLPProjModel, with its weight names.
 */
export const imagePerceptron = defineNetwork({
  name: "image-perceptron",
  inputs: (config: ImagePerceptronConfig) => featureInputs(config),
  build(w, { features }, { featureWidth, width }) {
    const wide = gelu(linear(w.at("proj.0"), features, { out: featureWidth }));
    return { image: layerNorm(w.at("proj.3"), linear(w.at("proj.2"), wide, { out: width })) };
  },
});
