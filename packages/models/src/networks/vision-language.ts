import { clipEncoder } from "../blocks/clip-encoder.ts";
import { convolutionStem } from "../blocks/convolution-stem.ts";
import { llama } from "../blocks/llama.ts";
import { conv2d } from "../layers/conv2d.ts";
import { flattenPixels } from "../layers/flatten-pixels.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { linear } from "../layers/linear.ts";
import { repeatRows } from "../layers/repeat-rows.ts";
import { rmsNorm } from "../layers/rms-norm.ts";
import type { Tensor } from "../onnx/graph.ts";
import { concat, gather, sliceAxis } from "../onnx/ops/arrange.ts";
import { add } from "../onnx/ops/elementwise.ts";
import type { Weights } from "../onnx/weights.ts";
import { defineNetwork } from "./define-network.ts";

/** Sizes of the vision tower. */
export interface VisionConfig {
  /** Side of the square picture in pixels. */
  readonly imageSize: number;
  readonly patchSize: number;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** How patches become tokens: CLIP's one large kernel, or small convolutions one after another. @default "kernel" */
  readonly stem?: "kernel" | "convolutions";
  /** Whether CLIP's last norm, which CLIP keeps for the class token, is laid over the patches. @default false */
  readonly normalizesPatches?: boolean;
}

/** Sizes of the vision-language model. */
export interface VisionLanguageConfig {
  readonly vision: VisionConfig;
  readonly vocabulary: number;
  /** Words of an instruction, padded. */
  readonly maxWords: number;
  /** r, the number of [MM] tokens. */
  readonly mmTokens: number;
  readonly width: number;
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
}

/**
 * Patches of a picture as tokens, by a vision transformer without a class token.
 * Shapes: pixels [N, 3, S, S] in [-1, 1] -> [N, (S / patch)^2, width]
 * Source: CLIP (arXiv:2103.00020); weight names as in transformers' CLIPVisionModel.
 */
export function visionTower(w: Weights, pixels: Tensor, config: VisionConfig): Tensor {
  const { imageSize, patchSize, width, layers, heads, stem = "kernel" } = config;
  const tokens = (imageSize / patchSize) ** 2;
  const embedding = w.at("embeddings.patch_embedding");
  const patches =
    stem === "kernel"
      ? conv2d(embedding, pixels, { out: width, kernel: patchSize, stride: patchSize })
      : convolutionStem(embedding, pixels, { width, patchSize });
  const position = w.get("embeddings.position_embedding.weight", [tokens, width], { std: 0.2 });
  const x = layerNorm(w.at("pre_layrnorm"), add(flattenPixels(patches), position));
  const seen = clipEncoder(w.at("encoder"), x, { layers, heads, hidden: 4 * width });
  return config.normalizesPatches === true ? layerNorm(w.at("post_layernorm"), seen) : seen;
}

/**
 * A picture and an instruction are read in one pass; the states at the [MM] positions, placed after the
 * instruction, say what to do.
 * Shapes: pixels [N, 3, S, S], ids [N, words] -> mm_tokens [N, r, width], vision [N, patches, vision width]
 * Source: InsightEdit (arXiv:2411.17323), figure 3; LLaVA (arXiv:2304.08485), with its weight names.
 */
export const visionLanguage = defineNetwork({
  name: "vision-language",
  inputs: ({ vision, maxWords }: VisionLanguageConfig) => ({
    pixels: { shape: ["N", 3, vision.imageSize, vision.imageSize] },
    ids: { shape: ["N", maxWords], dtype: "int64" as const },
  }),
  build(w, { pixels, ids }, config) {
    const { vision, width, vocabulary, maxWords, mmTokens, layers, heads, hidden } = config;
    const seen = visionTower(w.at("vision_tower.vision_model"), pixels, vision);
    const table = w.get("model.embed_tokens.weight", [vocabulary, width], { std: 1 });
    const projected = linear(w.at("mm_projector"), seen, { out: width });
    const words = gather(table, ids);
    const learnt = w.get("model.mm_tokens", [1, mmTokens, width], { std: 1 });
    const tokens = concat([projected, words, repeatRows(learnt, words)], 1);
    const length = (vision.imageSize / vision.patchSize) ** 2 + maxWords + mmTokens;
    const read = llama(w.at("model"), tokens, { layers, heads, hidden });
    const states = rmsNorm(w.at("model.norm"), sliceAxis(read, 1, length - mmTokens, length));
    return { mmTokens: states, vision: seen };
  },
});
