import { dinov2Layer } from "../blocks/dinov2-layer.ts";
import { conv2d } from "../layers/conv2d.ts";
import { flattenPixels, gridOfTokens } from "../layers/flatten-pixels.ts";
import { layerNorm } from "../layers/layer-norm.ts";
import type { Tensor } from "../onnx/graph.ts";
import { concat, pad, reshape, sliceAxis } from "../onnx/ops/arrange.ts";
import { add } from "../onnx/ops/elementwise.ts";
import { resizeCubicTo } from "../onnx/ops/resize.ts";
import { dimOf, sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";
import { defineNetwork } from "./define-network.ts";
import type { Dinov2Config } from "./dinov2-config.ts";

/** A DINOv2, and the size of the picture that it reads. */
export interface Dinov2Input {
  readonly model: Dinov2Config;
  readonly width: number;
  readonly height: number;
}

/** Learnt places, resized where the picture has another grid of patches. Shapes: -> [1, 1 + rows columns, D] */
function placesOf(w: Weights, rows: number, columns: number, model: Dinov2Config): Tensor {
  const side = Math.floor(model.trainedSize / model.patchSize);
  const count = side * side;
  const places = w.get("position_embeddings", [1, 1 + count, model.width], { std: 0.02 });
  if (rows === side && columns === side) return places;
  const grid = gridOfTokens(sliceAxis(places, 1, 1, 1 + count), side, side);
  const resized = flattenPixels(resizeCubicTo(grid, rows, columns));
  return concat([sliceAxis(places, 1, 0, 1), resized], 1);
}

/** Class token, then patches in rows, each with its place. Shapes: pixels [N, 3, H, W] -> [N, 1 + P, D] */
function embed(w: Weights, pixels: Tensor, model: Dinov2Config): Tensor {
  const { patchSize, width } = model;
  const square = { out: width, kernel: patchSize, stride: patchSize };
  const patches = conv2d(w.at("patch_embeddings.projection"), pixels, square);
  const [rows, columns] = [sizeOf(patches, 2), sizeOf(patches, 3)];
  const token = w.get("cls_token", [1, 1, width], { std: 0.02 });
  const first = pad(token, [0, 0, 0], [0, rows * columns, 0]);
  // A row of zeros before the patches, to which the class token is added with its place.
  const cleared = pad(flattenPixels(patches), [0, 1, 0], [0, 0, 0]);
  return add(cleared, add(placesOf(w, rows, columns, model), first));
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
    let h = embed(w.at("embeddings"), pixels, model);
    for (let layer = 0; layer < model.layers; layer++) {
      h = dinov2Layer(w.at(`encoder.layer.${layer}`), h, model);
    }
    const token = reshape(sliceAxis(h, 1, 0, 1), [dimOf(h, 0), model.width]);
    return { embeds: layerNorm(w.at("layernorm"), token, model.epsilon) };
  },
});
