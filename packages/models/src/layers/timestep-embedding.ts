import { constant, type Tensor } from "../onnx/graph.ts";
import { concat, unsqueeze } from "../onnx/ops/arrange.ts";
import { cos, mul, sin } from "../onnx/ops/elementwise.ts";

/** Order and spacing of the waves. */
export interface TimestepEmbeddingOptions {
  /** Cosines before sines. @default true, as SD-1.5 */
  readonly flipSinToCos?: boolean;
  /** Subtracted from the number of frequencies that the slowest one is spaced by. @default 0, as SD-1.5 */
  readonly freqShift?: number;
}

/**
 * concat(cos(t f), sin(t f)) with f_k = 10000^(-k / (width / 2 - freqShift)).
 * Shapes: timestep [N] -> [N, width]
 * Source: DDPM (arXiv:2006.11239) app. B; options of diffusers' get_timestep_embedding.
 */
export function timestepEmbedding(
  timestep: Tensor,
  width: number,
  { flipSinToCos = true, freqShift = 0 }: TimestepEmbeddingOptions = {},
): Tensor {
  const half = width / 2;
  const frequencies = Float64Array.from(
    { length: half },
    (_, k) => 10_000 ** (-k / (half - freqShift)),
  );
  const angle = mul(unsqueeze(timestep, [1]), constant(timestep.graph, frequencies, [1, half]));
  const waves = [cos(angle), sin(angle)];
  return concat(flipSinToCos ? waves : waves.reverse(), 1);
}
