/** A tensor as a checkpoint holds it: little-endian bytes, row-major. */
export interface StoredTensor {
  readonly dtype: "float32" | "float16" | "int64";
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** A checkpoint's tensors by weight path. */
export type WeightMap = ReadonlyMap<string, StoredTensor>;
