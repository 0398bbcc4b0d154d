export type TensorData =
  | Float32Array
  | Float64Array
  | Uint16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array;

export type TensorType = "float32" | "float64" | "float16" | "int32" | "int64" | "bool" | "uint8";

/** A dense tensor in host memory, row-major; float16 travels as its raw bits. */
export interface TensorValue {
  readonly dtype: TensorType;
  readonly shape: readonly number[];
  readonly data: TensorData;
}
