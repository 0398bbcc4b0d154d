import { constant, type Graph, type Tensor } from "../onnx/graph.ts";
import { concat, split } from "../onnx/ops/arrange.ts";
import { add, cos, mul, neg, sin } from "../onnx/ops/elementwise.ts";
import { matmul } from "../onnx/ops/matrix.ts";
import { sizeOf } from "../onnx/shape.ts";

/** How a model was stretched to longer texts than it first learnt. */
export type RotaryScaling =
  | { readonly kind: "linear"; readonly factor: number }
  | {
      readonly kind: "llama3";
      readonly factor: number;
      readonly lowFrequency: number;
      readonly highFrequency: number;
      /** Tokens of the texts that it first learnt. */
      readonly firstLength: number;
    };

/** How fast positions rotate. */
export interface RotaryOptions {
  /** @default 10000 */
  readonly theta?: number | undefined;
  readonly scaling?: RotaryScaling | undefined;
}

/** Slow turns are slowed down further, fast ones kept, those between mixed. */
function rescaled(frequency: number, scaling: RotaryScaling | undefined): number {
  if (scaling === undefined) return frequency;
  const slowed = frequency / scaling.factor;
  if (scaling.kind === "linear") return slowed;
  const { lowFrequency: low, highFrequency: high, firstLength } = scaling;
  const turns = (firstLength * frequency) / (2 * Math.PI);
  const kept = Math.min(1, Math.max(0, (turns - low) / (high - low)));
  return (1 - kept) * slowed + kept * frequency;
}

/** Radians a position by which each pair turns: theta^(-2 i / d), rescaled. */
export function rotaryFrequencies(
  depth: number,
  { theta = 10_000, scaling }: RotaryOptions = {},
): readonly number[] {
  return Array.from({ length: depth / 2 }, (_, pair) =>
    rescaled(theta ** ((-2 * pair) / depth), scaling),
  );
}

/** Cosines and sines of every position, once for all layers: [L, d] each. The sines of the first half are negative. */
export interface RotaryTable {
  readonly cosines: Tensor;
  readonly sines: Tensor;
}

/**
 * The turns of the positions 0, 1, … of a text.
 * Shapes: length L, depth d -> [L, d] twice
 * Source: RoFormer (arXiv:2104.09864), eq. 15; rescaling as in transformers' modeling_rope_utils.
 */
export function rotaryTable(
  graph: Graph,
  [length, depth]: readonly [number, number],
  options?: RotaryOptions,
): RotaryTable {
  const frequencies = rotaryFrequencies(depth, options);
  const half = depth / 2;
  const angles = Float64Array.from({ length: length * depth }, (_, at) => {
    const place = at % depth;
    const angle = Math.floor(at / depth) * (frequencies[place % half] ?? 0);
    return place < half ? -angle : angle;
  });
  return {
    cosines: constant(graph, angles.map(Math.cos), [length, depth]),
    sines: constant(graph, angles.map(Math.sin), [length, depth]),
  };
}

/**
 * The turns of positions that are known when the graph runs, along several axes: each pair of a head turns by one of them.
 * Shapes: positions [L, A], frequencies of d/2 pairs by axis, zero where another axis turns the pair -> [L, d] twice
 * Source: Qwen2-VL (arXiv:2409.12191), section 2.1.
 */
export function rotaryTableAt(
  positions: Tensor,
  frequencies: readonly (readonly number[])[],
): RotaryTable {
  const shape = [frequencies.length, frequencies[0]?.length ?? 0];
  const angles = matmul(positions, constant(positions.graph, frequencies.flat(), shape));
  const [cosines, sines] = [cos(angles), sin(angles)];
  return {
    cosines: concat([cosines, cosines], 1),
    sines: concat([neg(sines), sines], 1),
  };
}

/**
 * Turns the pairs (i, i + d/2) of each position by its angles.
 * Shapes: x [N, H, L, d] -> [N, H, L, d]
 * Source: RoFormer (arXiv:2104.09864), eq. 34, with Llama's pairing of halves.
 */
export function rotaryEmbedding(x: Tensor, { cosines, sines }: RotaryTable): Tensor {
  const half = sizeOf(x, 3) / 2;
  const [first, second] = split(x, 3, [half, half]) as [Tensor, Tensor];
  return add(mul(x, cosines), mul(concat([second, first], 3), sines));
}
