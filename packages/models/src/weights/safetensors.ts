import { ModelError } from "../errors.ts";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";
import {
  bytesIn,
  headerError,
  headerLength,
  lengthBytes,
  metadataKey,
  parseHeader,
  typeNames,
} from "./safetensors-header.ts";

function checkFilled(name: string, { dtype, shape }: StoredTensor, bytes: number): void {
  if (name === metadataKey) throw headerError("this name is reserved for the metadata.", name);
  const wanted = bytesIn(dtype, shape);
  if (bytes === wanted) return;
  throw new ModelError("weights.shape", `[${shape.join(", ")}] does not fit its data.`, {
    at: name,
    hint: `Give ${wanted} bytes; there are ${bytes}.`,
  });
}

/**
 * Length and header of a file that holds the tensors in the given order, padded to eight bytes.
 * Throws: weights.header, when a tensor takes the metadata's name; weights.shape.
 * Source: safetensors 0.4's format page.
 */
export function encodeHeader(
  tensors: WeightMap,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  let offset = 0;
  const entries = [...tensors].map(([name, tensor]) => {
    const bytes = tensor.span?.length ?? tensor.data.byteLength;
    checkFilled(name, tensor, bytes);
    const { dtype, shape } = tensor;
    const span = [offset, offset + bytes];
    offset += bytes;
    return [name, { dtype: typeNames[dtype], shape, data_offsets: span }] as const;
  });
  const header = JSON.stringify({ [metadataKey]: metadata, ...Object.fromEntries(entries) });
  const text = new TextEncoder().encode(header);
  const length = Math.ceil(text.byteLength / 8) * 8;
  const bytes = new Uint8Array(lengthBytes + length).fill(32);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, lengthBytes);
  return bytes;
}

/** A whole file in memory. Throws: weights.header, when a tensor takes the metadata's name; weights.shape. */
export function encodeSafetensors(
  tensors: WeightMap,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header = encodeHeader(tensors, metadata);
  const parts = [header, ...[...tensors.values()].map(({ data }) => data)];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

/** Reads every tensor as a view into the file's bytes. Throws: weights.header, weights.format, weights.dtype. */
export function decodeSafetensors(bytes: Uint8Array): WeightMap {
  const start = lengthBytes + headerLength(bytes.subarray(0, lengthBytes), bytes.byteLength);
  const { entries } = parseHeader(bytes.subarray(lengthBytes, start), bytes.byteLength - start);
  // A Buffer's slices share memory where a plain array's are copies; readers rely on the latter.
  const body = new Uint8Array(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start);
  return new Map(
    entries.map(({ name, dtype, shape, start: from, end }) => [
      name,
      { dtype, shape, data: body.subarray(from, end) },
    ]),
  );
}
