import type { StoredTensor, StoredType } from "../onnx/stored-tensor.ts";
import { toSinglePrecision } from "./half-precision.ts";

/** How each type of whole number is read from little-endian bytes. */
const wholeNumbers: Partial<Record<StoredType, (view: DataView) => number>> = {
  int64: (view) => Number(view.getBigInt64(0, true)),
  uint64: (view) => Number(view.getBigUint64(0, true)),
  int32: (view) => view.getInt32(0, true),
  uint32: (view) => view.getUint32(0, true),
  int16: (view) => view.getInt16(0, true),
  uint16: (view) => view.getUint16(0, true),
  int8: (view) => view.getInt8(0),
  uint8: (view) => view.getUint8(0),
};

/** The number in a tensor of one element, whatever its type; undefined for more or fewer elements, and for a truth value. */
export function scalarNumber(tensor: StoredTensor): number | undefined {
  if (tensor.shape.some((size) => size !== 1) || tensor.dtype === "bool") return undefined;
  const whole = wholeNumbers[tensor.dtype];
  if (whole === undefined) return toSinglePrecision(new Map([["", tensor]]), "")[0];
  const { buffer, byteOffset } = tensor.data;
  return whole(new DataView(buffer, byteOffset));
}
