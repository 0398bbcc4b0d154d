import type { FloatTensor } from "@insightgraph/models";

/** Stacks rows to a batch. Shapes: n x [1, ..] -> [n, ..] */
export function stackRows(rows: readonly Float32Array[], shape: readonly number[]): FloatTensor {
  const size = rows[0]?.length ?? 0;
  const data = new Float32Array(rows.length * size);
  rows.forEach((row, index) => {
    data.set(row, index * size);
  });
  return { dtype: "float32", shape: [rows.length, ...shape.slice(1)], data };
}

/** One number per row. Shapes: -> [n, 1, ..] of the given rank */
export function scalarRows(values: readonly number[], rank: number): FloatTensor {
  return {
    dtype: "float32",
    shape: [values.length, ...Array.from({ length: rank - 1 }, () => 1)],
    data: Float32Array.from(values),
  };
}

/** Concatenates the channels of two latents. Shapes: [A, h, w], [B, h, w] -> [A + B, h, w] */
export function besideEachOther(sample: Float32Array, source: Float32Array): Float32Array {
  const both = new Float32Array(sample.length + source.length);
  both.set(sample);
  both.set(source, sample.length);
  return both;
}
