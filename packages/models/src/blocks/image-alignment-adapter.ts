import { layerNorm } from "../layers/layer-norm.ts";
import { linear } from "../layers/linear.ts";
import type { Tensor } from "../onnx/graph.ts";
import { reshape } from "../onnx/ops/arrange.ts";
import { gelu } from "../onnx/ops/elementwise.ts";
import { dimOf, sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/** Sizes of the image alignment adapter. */
export interface ImageAlignmentAdapterConfig {
  /** Width of the mapper's hidden state per [MM] token; the paper leaves it open. */
  readonly mapperWidth: number;
  /** Image tokens put out; the paper draws 4, IP-Adapter's default. */
  readonly tokens: number;
  readonly width: number;
}

/**
 * Mapper, Linear, LayerNorm: turns [MM] states into image tokens that resemble features of the target picture.
 * Shapes: mmTokens [N, r, D] -> [N, tokens, width]
 * Source: InsightEdit (arXiv:2411.17323), section 3.2; the projection is IP-Adapter's ImageProjModel (arXiv:2308.06721).
 */
export function imageAlignmentAdapter(
  w: Weights,
  mmTokens: Tensor,
  { mapperWidth, tokens, width }: ImageAlignmentAdapterConfig,
): Tensor {
  const mapped = gelu(linear(w.at("mapper"), mmTokens, { out: mapperWidth }));
  const rows = dimOf(mmTokens, 0);
  const flat = reshape(mapped, [rows, sizeOf(mmTokens, 1) * mapperWidth]);
  const image = linear(w.at("proj"), flat, { out: tokens * width });
  return layerNorm(w.at("norm"), reshape(image, [rows, tokens, width]));
}
