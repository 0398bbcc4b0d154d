/** Element types of safetensors files that ONNX has as well. */
export type StoredType =
  | "float64"
  | "float32"
  | "float16"
  | "bfloat16"
  | "float8e4m3"
  | "float8e5m2"
  | "int64"
  | "int32"
  | "int16"
  | "int8"
  | "uint64"
  | "uint32"
  | "uint16"
  | "uint8"
  | "bool";

/** Bytes of one element. */
export const storedBytes: Readonly<Record<StoredType, number>> = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  float8e4m3: 1,
  float8e5m2: 1,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint64: 8,
  uint32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
};

/** A stretch of a file. */
export interface FileSpan {
  /** Absolute, without symbolic links. */
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

/** A tensor as a checkpoint holds it: little-endian bytes, row-major. */
export interface StoredTensor {
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  /** Of a tensor that lies in a file, each access reads it anew. */
  readonly data: Uint8Array;
  /** Where the bytes lie; absent for a tensor in memory. */
  readonly span?: FileSpan;
}

/** A checkpoint's tensors by weight path. */
export type WeightMap = ReadonlyMap<string, StoredTensor>;

/** Bytes of a tensor as it is stored. */
export const tensorBytes = ({ dtype, shape }: StoredTensor): number =>
  shape.reduce((product, size) => product * size, storedBytes[dtype]);
