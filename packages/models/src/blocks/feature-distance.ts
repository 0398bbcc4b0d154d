import { conv2d } from "../layers/conv2d.ts";
import type { Tensor } from "../onnx/graph.ts";
import { reshape, split } from "../onnx/ops/arrange.ts";
import { add, div, sqrt, square, sub } from "../onnx/ops/elementwise.ts";
import { reduceMean, reduceSumSquare } from "../onnx/ops/reduce.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";

/**
 * Features scaled to unit length at each pixel; the first addend gives silent pixels a slope, and changes no length.
 * Shapes: x [N, C, h, w] -> the same
 */
function unitLength(x: Tensor): Tensor {
  return div(x, add(sqrt(add(reduceSumSquare(x, [1], true), 1e-20)), 1e-10));
}

/**
 * Pixels as LPIPS' networks expect them.
 * Shapes: pixels [N, 3, H, W] in [-1, 1] -> the same
 * Source: LPIPS (arXiv:1801.03924), the scaling layer of its package.
 */
export function scalePixels(w: Weights, pixels: Tensor): Tensor {
  const shift = w.get("scaling_layer.shift", [1, 3, 1, 1], { fill: 0 });
  const scale = w.get("scaling_layer.scale", [1, 3, 1, 1], { fill: 1 });
  return div(sub(pixels, shift), scale);
}

/**
 * Weighted squared distance of pictures' features, a mean over pictures and pixels and a sum over levels.
 * Shapes: levels [2 N, C, h, w] each, N pictures and then what each is compared with -> [1]
 * Source: LPIPS (arXiv:1801.03924), eq. 1.
 */
export function featureDistance(w: Weights, levels: readonly Tensor[]): Tensor {
  const distances = levels.map((level, at) => {
    const half = sizeOf(level, 0) / 2;
    const [picture, reference] = split(unitLength(level), 0, [half, half]) as [Tensor, Tensor];
    const weighted = conv2d(w.at(`lin${at}.model.1`), square(sub(picture, reference)), {
      ...{ out: 1, kernel: 1, bias: false },
    });
    return reduceMean(weighted);
  });
  const sum = distances.reduce((total, one) => add(total, one));
  return reshape(sum, [1]);
}
