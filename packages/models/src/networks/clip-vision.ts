import { clipEncoder } from "../blocks/clip-encoder.ts";
import { conv2d } from "../layers/conv2d.ts";
import { flattenPixels } from "../layers/flatten-pixels.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { linear } from "../layers/linear.ts";
import type { Tensor } from "../onnx/graph.ts";
import { pad, reshape, sliceAxis } from "../onnx/ops/arrange.ts";
import { add } from "../onnx/ops/elementwise.ts";
import { dimOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";
import type { ClipVisionConfig } from "./clip-config.ts";
import { unsupported } from "./config-fields.ts";
import { defineNetwork } from "./define-network.ts";

/** How many patches a picture has; what does not fill one is left out. */
export function patchCount({ imageSize, patchSize }: ClipVisionConfig): number {
  return Math.floor(imageSize / patchSize) ** 2;
}

/** Class token, then patches in rows, each with its place. Shapes: pixels [N, 3, S, S] -> [N, 1 + P, D] */
function embed(w: Weights, pixels: Tensor, config: ClipVisionConfig): Tensor {
  const { patchSize, width } = config;
  const square = { out: width, kernel: patchSize, stride: patchSize, bias: false };
  const patches = flattenPixels(conv2d(w.at("patch_embedding"), pixels, square));
  // A row of zeros before the patches, to which the class token is added with its place.
  const cleared = pad(patches, [0, 1, 0], [0, 0, 0]);
  const beginning = { std: 0.02 };
  const count = patchCount(config);
  const token = w.get("class_embedding", [width], beginning);
  const places = w.get("position_embedding.weight", [count + 1, width], beginning);
  const first = pad(reshape(token, [1, width]), [0, 0], [count, 0]);
  return add(cleared, add(places, first));
}

/**
 * The tower's states after some of its layers, class token first.
 * Shapes: pixels [N, 3, S, S] -> [N, 1 + P, D]
 * Source: CLIP (arXiv:2103.00020), section 2.4; transformers' CLIPVisionModel, with its weight names.
 */
export function clipVisionStates(
  w: Weights,
  pixels: Tensor,
  config: ClipVisionConfig,
  layers = config.layers,
): Tensor {
  const model = w.at("vision_model");
  const embedded = embed(model.at("embeddings"), pixels, config);
  const x = layerNorm(model.at("pre_layrnorm"), embedded, config.epsilon);
  return clipEncoder(model.at("encoder"), x, { ...config, layers });
}

/** The class token after the last norm [N, D]. */
function pooledState(w: Weights, states: Tensor, { width, epsilon }: ClipVisionConfig): Tensor {
  const first = reshape(sliceAxis(states, 1, 0, 1), [dimOf(states, 0), width]);
  return layerNorm(w.at("vision_model.post_layernorm"), first, epsilon);
}

const visionInputs = ({ imageSize }: ClipVisionConfig) => ({
  pixels: { shape: ["N", 3, imageSize, imageSize] },
});

/**
 * CLIP's vision half.
 * Shapes: pixels [N, 3, S, S] -> states [N, 1 + P, D], pooled [N, D]
 * Source: CLIP (arXiv:2103.00020), section 2.4; transformers' CLIPVisionModel, with its weight names.
 */
export const clipVision = defineNetwork({
  name: "clip-vision",
  inputs: visionInputs,
  build(w, { pixels }, config: ClipVisionConfig) {
    const states = clipVisionStates(w, pixels, config);
    return { states, pooled: pooledState(w, states, config) };
  },
});

/**
 * A picture as one vector of the space that it shares with texts, not normalized.
 * Shapes: pixels [N, 3, S, S] -> embeds [N, P]
 * Source: CLIP (arXiv:2103.00020), section 2.3; transformers' CLIPVisionModelWithProjection, with its weight names.
 */
export const clipVisionEmbeds = defineNetwork({
  name: "clip-vision-embeds",
  inputs: visionInputs,
  build(w, { pixels }, config: ClipVisionConfig) {
    const pooled = pooledState(w, clipVisionStates(w, pixels, config), config);
    const to = { out: config.projection, bias: false };
    return { embeds: linear(w.at("visual_projection"), pooled, to) };
  },
});

/** Which states of CLIP's vision half another model reads. */
export interface ClipFeaturesConfig {
  readonly vision: ClipVisionConfig;
  /** As an index into the states before and after each layer; -2 leaves the last layer out. */
  readonly selectLayer: number;
  /** Whether the class token stands before the patches. */
  readonly keepClass: boolean;
}

/** How many layers run for a state chosen by index. Throws: config.unsupported. */
export function layersUpTo({ vision, selectLayer }: ClipFeaturesConfig): number {
  const layers = selectLayer < 0 ? vision.layers + 1 + selectLayer : selectLayer;
  if (Number.isInteger(layers) && layers >= 0 && layers <= vision.layers) return layers;
  throw unsupported(
    "vision_feature_layer",
    `state ${selectLayer} of a tower with ${vision.layers} layers.`,
  );
}

/**
 * Patches as one of the tower's inner layers sees them; no norm after it. What multimodal models and adapters read.
 * Shapes: pixels [N, 3, S, S] -> [N, P, D], or [N, 1 + P, D] with the class token
 * Source: LLaVA (arXiv:2304.08485), section 4.1, and IP-Adapter Plus (arXiv:2308.06721).
 */
export function clipFeatures(w: Weights, pixels: Tensor, config: ClipFeaturesConfig): Tensor {
  const states = clipVisionStates(w, pixels, config.vision, layersUpTo(config));
  return config.keepClass ? states : sliceAxis(states, 1, 1, 1 + patchCount(config.vision));
}

/**
 * `clipFeatures` as a network.
 * Shapes: pixels [N, 3, S, S] -> features [N, P, D]
 * Source: as `clipFeatures`.
 */
export const clipVisionFeatures = defineNetwork({
  name: "clip-vision-features",
  inputs: ({ vision }: ClipFeaturesConfig) => visionInputs(vision),
  build: (w, { pixels }, config) => ({ features: clipFeatures(w, pixels, config) }),
});
