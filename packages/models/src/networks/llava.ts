import { llama } from "../blocks/llama.ts";
import { linear } from "../layers/linear.ts";
import { rmsNorm } from "../layers/rms-norm.ts";
import type { Tensor } from "../onnx/graph.ts";
import { gather, sliceAxis, unsqueeze } from "../onnx/ops/arrange.ts";
import { gelu } from "../onnx/ops/elementwise.ts";
import {
  countUpTo,
  equal,
  firstTrue,
  gatherRows,
  greaterOrEqual,
  placesFrom,
  shiftWithin,
  where,
} from "../onnx/ops/select.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";
import { clipFeatures } from "./clip-vision.ts";
import { defineNetwork } from "./define-network.ts";
import type { LanguageConfig, LlavaConfig, LlavaSequence } from "./llava-config.ts";

/** Linear layers with gelu between them; numbered as LLaVA's sequence of modules, which counts the gelus. */
function project(w: Weights, x: Tensor, layers: number, out: number): Tensor {
  if (layers === 1) return linear(w, x, { out });
  let h = linear(w.at(0), x, { out });
  for (let index = 1; index < layers; index++) h = linear(w.at(2 * index), gelu(h), { out });
  return h;
}

/** Ids from the vocabulary's size on are rows of a table of their own. Shapes: ids [N, L] -> [N, L, D] */
function embedWords(
  w: Weights,
  ids: Tensor,
  { vocabulary, width }: LanguageConfig,
  { extraTokens }: LlavaSequence,
): Tensor {
  const beginning = { std: 0.02 };
  const table = w.get("model.embed_tokens.weight", [vocabulary, width], beginning);
  const known = gather(table, shiftWithin(ids, 0, { low: 0, high: vocabulary - 1 }));
  if (extraTokens === 0) return known;
  const extra = w.get("extra_embed_tokens.weight", [extraTokens, width], beginning);
  const added = gather(extra, shiftWithin(ids, -vocabulary, { low: 0, high: extraTokens - 1 }));
  return where(unsqueeze(greaterOrEqual(ids, vocabulary), [2]), added, known);
}

/** The patches in their order at the places of the image token. Shapes: words [N, L, D], patches [N, P, D] -> [N, L, D] */
function splice(words: Tensor, patches: Tensor, isImage: Tensor): Tensor {
  const within = { low: 0, high: sizeOf(patches, 1) - 1 };
  const places = shiftWithin(countUpTo(isImage), -1, within);
  return where(unsqueeze(isImage, [2]), gatherRows(patches, places), words);
}

/**
 * A picture and a prompt are read in one pass; the states at the [MM] tokens, which stand in a row anywhere in the
 * prompt, say what to do. What follows them is not seen by them.
 * Shapes: pixels [N, 3, S, S], ids [N, L] -> mmTokens [N, r, D], vision [N, P, vision width]
 * Source: LLaVA (arXiv:2304.08485), section 4.1, and LLaVA-1.5 (arXiv:2310.03744); the states as in SmartEdit
 * (arXiv:2312.06739), section 3.2, and InsightEdit (arXiv:2411.17323), figure 3.
 */
export const llava = defineNetwork({
  name: "llava",
  inputs: ({ features, sequence }: LlavaConfig) => {
    const { imageSize } = features.vision;
    return {
      pixels: { shape: ["N", 3, imageSize, imageSize] },
      ids: { shape: ["N", sequence.length], dtype: "int64" as const },
    };
  },
  build(w, { pixels, ids }, { features, projectorLayers, language, sequence }) {
    const seen = clipFeatures(w.at("vision_tower"), pixels, features);
    const patches = project(w.at("mm_projector"), seen, projectorLayers, language.width);
    const words = embedWords(w, ids, language, sequence);
    const tokens = splice(words, patches, equal(ids, sequence.imageToken));
    const read = llama(w.at("model"), tokens, language);
    const first = firstTrue(equal(ids, sequence.firstMmToken));
    const states = gatherRows(read, placesFrom(first, sequence.mmTokens));
    const vision = features.keepClass ? sliceAxis(seen, 1, 1, sizeOf(seen, 1)) : seen;
    return { mmTokens: rmsNorm(w.at("model.norm"), states, language.epsilon), vision };
  },
});
