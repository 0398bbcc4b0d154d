import { constant, type Tensor } from "../onnx/graph.ts";
import { concat, trail } from "../onnx/ops/arrange.ts";
import { cos, mul, sin } from "../onnx/ops/elementwise.ts";

/**
 * concat(cos(t f), sin(t f)) with f_k = 10000^(-k / (width / 2)).
 * Shapes: timestep [N] -> [N, width]
 * Source: DDPM (arXiv:2006.11239) app. B; order and spacing of SD-1.5 (flip_sin_to_cos, freq_shift 0).
 */
export function timestepEmbedding(timestep: Tensor, width: number): Tensor {
  const half = width / 2;
  const frequencies = Float64Array.from({ length: half }, (_, k) => 10_000 ** (-k / half));
  const angle = mul(trail(timestep, 1), constant(timestep.graph, frequencies, [1, half]));
  return concat([cos(angle), sin(angle)], 1);
}
