/** The numbers of a tensor, in row-major order. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Uint16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array;

/** The number type of a tensor. */
export type TensorType = "float32" | "float64" | "float16" | "int32" | "int64" | "bool" | "uint8";

/** A dense tensor in host memory, row-major; float16 is kept as raw bits. */
export interface TensorValue {
  readonly dtype: TensorType;
  readonly shape: readonly number[];
  readonly data: TensorData;
}
