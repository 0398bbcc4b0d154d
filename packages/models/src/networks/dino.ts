import { patchEmbedding } from "../blocks/patch-embedding.ts";
import { vitLayer } from "../blocks/vit-layer.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { reshape, sliceAxis } from "../onnx/ops/arrange.ts";
import { dimOf } from "../onnx/shape.ts";
import { defineNetwork } from "./define-network.ts";
import type { DinoConfig } from "./dino-config.ts";

/**
 * A picture as one vector: the class token of DINO's vision transformer after the last norm.
 * Shapes: pixels [N, 3, S, S] -> embeds [N, D]
 * Source: DINO (arXiv:2104.14294); transformers' ViTModel, with its weight names.
 */
export const dino = defineNetwork({
  name: "dino",
  inputs: ({ trainedSize }: DinoConfig) => ({
    pixels: { shape: ["N", 3, trainedSize, trainedSize] },
  }),
  build(w, { pixels }, model) {
    let h = patchEmbedding(w.at("embeddings"), pixels, model);
    for (let layer = 0; layer < model.layers; layer++) {
      h = vitLayer(w.at(`encoder.layer.${layer}`), h, model);
    }
    const token = reshape(sliceAxis(h, 1, 0, 1), [dimOf(h, 0), model.width]);
    return { embeds: layerNorm(w.at("layernorm"), token, model.epsilon) };
  },
});
