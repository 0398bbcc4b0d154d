import { conv2d } from "../layers/conv2d.ts";
import { flattenPixels, gridOfTokens } from "../layers/flatten-pixels.ts";
import type { Tensor } from "../onnx/graph.ts";
import { concat, pad, sliceAxis } from "../onnx/ops/arrange.ts";
import { add } from "../onnx/ops/elementwise.ts";
import { resizeCubicTo } from "../onnx/ops/resize.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/** How a picture becomes tokens. */
export interface PatchSizes {
  readonly width: number;
  readonly patchSize: number;
  /** Side of the square picture for which there is a place for each patch, in pixels. */
  readonly trainedSize: number;
}

/** Learnt places, resized where the picture has another grid of patches. Shapes: -> [1, 1 + rows columns, D] */
function placesOf(w: Weights, rows: number, columns: number, model: PatchSizes): Tensor {
  const side = Math.floor(model.trainedSize / model.patchSize);
  const count = side * side;
  const places = w.get("position_embeddings", [1, 1 + count, model.width], { std: 0.02 });
  if (rows === side && columns === side) return places;
  const grid = gridOfTokens(sliceAxis(places, 1, 1, 1 + count), side, side);
  const resized = flattenPixels(resizeCubicTo(grid, rows, columns));
  return concat([sliceAxis(places, 1, 0, 1), resized], 1);
}

/**
 * Class token, then patches in rows, each with its place.
 * Shapes: pixels [N, 3, H, W] -> [N, 1 + P, D]
 * Source: ViT (arXiv:2010.11929), section 3.1; transformers' ViTEmbeddings and Dinov2Embeddings, with their weight names.
 */
export function patchEmbedding(w: Weights, pixels: Tensor, model: PatchSizes): Tensor {
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
