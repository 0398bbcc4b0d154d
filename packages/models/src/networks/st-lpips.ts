import { featureDistance, scalePixels } from "../blocks/feature-distance.ts";
import { blurPool } from "../layers/blur-pool.ts";
import { conv2d } from "../layers/conv2d.ts";
import type { Tensor } from "../onnx/graph.ts";
import { relu } from "../onnx/ops/elementwise.ts";
import { maxPool } from "../onnx/ops/pooling.ts";
import type { Weights } from "../onnx/weights.ts";
import { defineNetwork } from "./define-network.ts";

/** Size of the two pictures; sides of fewer than 21 pixels leave nothing to compare. */
export interface StLpipsConfig {
  readonly width: number;
  readonly height: number;
}

/**
 * AlexNet's five convolutions at stride 1; instead of striding, a blurred picture is sampled.
 * Shapes: pixels [N, 3, H, W] -> features [N, C, h, w] of the five levels
 * Source: Shift-tolerant Perceptual Similarity Metric (arXiv:2207.13686), section 4.
 */
function alexNetLevels(w: Weights, pixels: Tensor): readonly Tensor[] {
  const conv = (path: string, x: Tensor, out: number, kernel: number): Tensor =>
    conv2d(w.at(path), x, { out, kernel, padding: kernel === 11 ? 2 : (kernel - 1) / 2 });
  const pool = (x: Tensor): Tensor => blurPool(maxPool(x, { kernel: 3 }));
  const first = relu(blurPool(conv("slice1.0", pixels, 64, 11)));
  const second = relu(conv("slice2.5", pool(first), 192, 5));
  const third = relu(conv("slice3.9", pool(second), 384, 3));
  const fourth = relu(conv("slice4.11", third, 256, 3));
  return [first, second, third, fourth, relu(conv("slice5.13", fourth, 256, 3))];
}

/**
 * ST-LPIPS: LPIPS on a shift-tolerant AlexNet.
 * Shapes: pixels [2, 3, H, W] in [-1, 1], the two pictures -> distance [1]
 * Source: Shift-tolerant Perceptual Similarity Metric (arXiv:2207.13686).
 */
export const stLpips = defineNetwork({
  name: "st-lpips",
  inputs: ({ height, width }: StLpipsConfig) => ({ pixels: { shape: [2, 3, height, width] } }),
  build(w, { pixels }) {
    return { distance: featureDistance(w, alexNetLevels(w.at("net"), scalePixels(w, pixels))) };
  },
});
