import { constant, type Tensor } from "../onnx/graph.ts";
import { concat, slice } from "../onnx/ops/arrange.ts";
import { add, mul, neg } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";

/**
 * Rotates pairs (i, i + d/2) of each position by position * base^(-2i/d).
 * Shapes: x [N, H, L, d] -> [N, H, L, d]
 * Source: RoFormer (arXiv:2104.09864), eq. 34, with Llama's pairing of halves.
 */
export function rotaryEmbedding(x: Tensor, base = 10_000): Tensor {
  const [length, depth] = [sizeOf(x, 2), sizeOf(x, 3)];
  const half = depth / 2;
  const angles = Float64Array.from({ length: length * depth }, (_, at) => {
    const [position, pair] = [Math.floor(at / depth), (at % depth) % half];
    return position / base ** ((2 * pair) / depth);
  });
  const cosines = constant(x.graph, angles.map(Math.cos), [length, depth]);
  const sines = constant(x.graph, angles.map(Math.sin), [length, depth]);
  const rotated = concat([neg(slice(x, 3, half, depth)), slice(x, 3, 0, half)], 3);
  return add(mul(x, cosines), mul(rotated, sines));
}
