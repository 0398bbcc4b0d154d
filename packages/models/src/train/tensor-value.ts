/** A tensor in host memory, row-major; the same shape as the engine's. */
export interface TensorValue {
  readonly dtype: "float32" | "float64" | "float16" | "int32" | "int64" | "bool" | "uint8";
  readonly shape: readonly number[];
  readonly data:
    | Float32Array
    | Float64Array
    | Uint16Array
    | Int32Array
    | BigInt64Array
    | Uint8Array;
}

/** Tensors by the name of a graph's input or output. */
export type TensorValues = Readonly<Record<string, TensorValue>>;

/** A tensor of single-precision numbers. */
export interface FloatTensor extends TensorValue {
  readonly dtype: "float32";
  readonly data: Float32Array;
}

/** A tensor of whole numbers, such as token ids and the labels of classes. */
export interface LabelTensor extends TensorValue {
  readonly dtype: "int64";
  readonly data: BigInt64Array;
}
