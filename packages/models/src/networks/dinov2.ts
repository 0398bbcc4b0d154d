import { dinov2Layer } from "../blocks/dinov2-layer.ts";
import { patchEmbedding } from "../blocks/patch-embedding.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import { reshape, sliceAxis } from "../onnx/ops/arrange.ts";
import { dimOf } from "../onnx/shape.ts";
import { defineNetwork } from "./define-network.ts";
import type { Dinov2Config } from "./dinov2-config.ts";

/** A DINOv2, and the size of the picture that it reads. */
export interface Dinov2Input {
  readonly model: Dinov2Config;
  readonly width: number;
  readonly height: number;
}

/**
 * A picture as one vector: DINOv2's class token after the last norm.
 * Shapes: pixels [N, 3, H, W] -> embeds [N, D]
 * Source: DINOv2 (arXiv:2304.07193); transformers' Dinov2Model, with its weight names.
 */
export const dinov2 = defineNetwork({
  name: "dinov2",
  inputs: ({ height, width }: Dinov2Input) => ({ pixels: { shape: ["N", 3, height, width] } }),
  build(w, { pixels }, { model }) {
    let h = patchEmbedding(w.at("embeddings"), pixels, model);
    for (let layer = 0; layer < model.layers; layer++) {
      h = dinov2Layer(w.at(`encoder.layer.${layer}`), h, model);
    }
    const token = reshape(sliceAxis(h, 1, 0, 1), [dimOf(h, 0), model.width]);
    return { embeds: layerNorm(w.at("layernorm"), token, model.epsilon) };
  },
});
