import {
  pack,
  type TensorData,
  type TensorType,
  type TensorValue,
  unpack,
  type ValueCodec,
} from "@insightgraph/engine/node";

const arrays: Readonly<Record<TensorType, new (buffer: ArrayBuffer) => TensorData>> = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
  uint8: Uint8Array,
};

/** A view of the bytes of an array, without a copy. */
export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Copies bytes to floats: a view may not be aligned to four bytes. */
export function floatsFrom(bytes: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer);
}

function isTensorType(value: unknown): value is TensorType {
  return typeof value === "string" && Object.hasOwn(arrays, value);
}

/** Elements in memory order, little-endian. */
export const tensorCodec: ValueCodec<TensorValue> = {
  encode: ({ dtype, shape, data }) => pack([dtype, ...shape], [bytesOf(data)]),
  decode(bytes) {
    const { head, parts } = unpack(bytes);
    const [dtype, ...sizes] = Array.isArray(head) ? head : [];
    if (!isTensorType(dtype)) throw new RangeError("the bytes are not a tensor");
    const data = new arrays[dtype](new Uint8Array(parts[0] ?? []).buffer);
    const shape = sizes.map(Number);
    if (data.length !== shape.reduce((product, size) => product * size, 1)) {
      throw new RangeError("the number of elements does not match the tensor's shape");
    }
    return { dtype, shape, data };
  },
};
