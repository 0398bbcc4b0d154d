import { constant, type Graph, type Tensor } from "../onnx/graph.ts";
import { concat, reshape, split } from "../onnx/ops/arrange.ts";
import { add, cos, mul, neg, sin, sub } from "../onnx/ops/elementwise.ts";
import { matmul } from "../onnx/ops/matrix.ts";
import { dimOf, sizeOf } from "../onnx/shape.ts";

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

/** Places of tokens along several axes, and how many numbers of a head turn by each of them. */
export interface AxisPlaces {
  readonly places: readonly (readonly number[])[];
  readonly depths: readonly number[];
  readonly theta: number;
}

/**
 * The turns of places that are known when the graph is built: half of a head's numbers, axis by axis.
 * Shapes: L places -> [L, d/2, 1] twice
 * Source: FLUX (github.com/black-forest-labs/flux2).
 */
export function axisTable(graph: Graph, { places, depths, theta }: AxisPlaces): RotaryTable {
  const angles = places.flatMap((place) =>
    depths.flatMap((depth, axis) =>
      rotaryFrequencies(depth, { theta }).map((frequency) => (place[axis] ?? 0) * frequency),
    ),
  );
  const shape = [places.length, angles.length / places.length, 1];
  return {
    cosines: constant(graph, angles.map(Math.cos), shape),
    sines: constant(graph, angles.map(Math.sin), shape),
  };
}

/**
 * Turns the pairs (2 i, 2 i + 1) of each position by its angles.
 * Shapes: x [N, H, L, d], table [L, d/2, 1] twice -> [N, H, L, d]
 * Source: RoFormer (arXiv:2104.09864), eq. 34.
 */
export function rotaryPairs(x: Tensor, { cosines, sines }: RotaryTable): Tensor {
  const shape = [dimOf(x, 0), sizeOf(x, 1), sizeOf(x, 2), sizeOf(x, 3) / 2, 2];
  const [first, second] = split(reshape(x, shape), 4, [1, 1]) as [Tensor, Tensor];
  const turned = [
    sub(mul(first, cosines), mul(second, sines)),
    add(mul(second, cosines), mul(first, sines)),
  ];
  return reshape(concat(turned, 4), x.shape);
}
