import type { TensorValue } from "@insightgraph/models";
import type { PatchGrid } from "./picture-patches.ts";

/** The places of tokens, and the place of whatever follows them. */
export interface TokenPlaces {
  /** [L, 3]: time, height and width */
  readonly positions: TensorValue;
  readonly next: number;
}

/** What a mask adds to a score that does not count. Half precision holds no less than -65504. */
export const unseen = -6e4;

const tensorOf = (values: readonly number[]): TensorValue => ({
  dtype: "float32",
  shape: [values.length / 3, 3],
  data: Float32Array.from(values),
});

/**
 * The places of tokens from a first one on. A word's three numbers are equal; a picture's tokens share their time, and
 * what follows it goes on after its longer side.
 * @param pictures Sizes in tokens, in the order in which they stand in the text.
 * Source: transformers' Qwen3VLModel.get_rope_index.
 */
export function tokenPlaces(
  ids: readonly number[],
  imageToken: number,
  pictures: readonly PatchGrid[],
  first = 0,
): TokenPlaces {
  const values: number[] = [];
  let next = first;
  let picture = 0;
  for (let at = 0; at < ids.length; ) {
    const grid = ids[at] === imageToken ? pictures[picture] : undefined;
    if (grid === undefined) {
      values.push(next, next, next);
      next++;
      at++;
      continue;
    }
    for (let token = 0; token < grid.rows * grid.columns; token++) {
      values.push(next, next + Math.floor(token / grid.columns), next + (token % grid.columns));
    }
    next += Math.max(grid.rows, grid.columns);
    at += grid.rows * grid.columns;
    picture++;
  }
  return { positions: tensorOf(values), next };
}

/** Rows of the pictures' features that stand for the tokens; -1 for words. Shapes: -> [1, L] */
export function featureRows(ids: readonly number[], imageToken: number): TensorValue {
  let row = 0n;
  const data = BigInt64Array.from(ids, (id) => (id === imageToken ? row++ : -1n));
  return { dtype: "int64", shape: [1, ids.length], data };
}

/**
 * Each token sees itself and what stands before it, but no padding.
 * @param length Tokens of the text, padding included.
 * @param words Tokens before the padding.
 * Shapes: -> [length, length]
 */
export function causalView(length: number, words = length): TensorValue {
  const data = new Float32Array(length * length);
  for (let row = 0; row < length; row++) {
    data.fill(unseen, row * length + Math.min(row + 1, words), (row + 1) * length);
  }
  return { dtype: "float32", shape: [length, length], data };
}
