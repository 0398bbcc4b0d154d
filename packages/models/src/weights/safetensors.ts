import { ModelError } from "../errors.ts";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";

const typeNames = { float32: "F32", float16: "F16", int64: "I64" } as const;
const elementBytes = { float32: 4, float16: 2, int64: 8 } as const;
const headerLimit = 100_000_000;

type StoredType = StoredTensor["dtype"];

/** Writes tensors in the given order, the header padded to eight bytes. Source: safetensors 0.4's format page. */
export function encodeSafetensors(
  tensors: WeightMap,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  let offset = 0;
  const entries = [...tensors].map(([name, { dtype, shape, data }]) => {
    const span = [offset, offset + data.byteLength];
    offset += data.byteLength;
    return [name, { dtype: typeNames[dtype], shape, data_offsets: span }] as const;
  });
  const header = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const text = new TextEncoder().encode(header);
  const length = Math.ceil(text.byteLength / 8) * 8;
  const bytes = new Uint8Array(8 + length + offset).fill(32, 8, 8 + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  let at = 8 + length;
  for (const { data } of tensors.values()) {
    bytes.set(data, at);
    at += data.byteLength;
  }
  return bytes;
}

function headerError(what: string, at?: string, cause?: unknown): ModelError {
  return new ModelError("weights.header", what, {
    ...(at === undefined ? {} : { at }),
    hint: "The file is damaged or no safetensors file; fetch it again.",
    cause,
  });
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; start: number } {
  if (bytes.byteLength < 8) throw headerError("the file is shorter than its header.");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > headerLimit || 8 + length > bytes.byteLength) {
    throw headerError(`the header claims ${length} bytes of ${bytes.byteLength - 8}.`);
  }
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    if (typeof header !== "object" || header === null) throw new TypeError("no object");
    return { header: header as Record<string, unknown>, start: 8 + length };
  } catch (cause) {
    throw headerError("the header is not JSON.", undefined, cause);
  }
}

function isCountList(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function readTensor(name: string, entry: unknown, body: Uint8Array): StoredTensor {
  const { dtype, shape, data_offsets } = (entry ?? {}) as Record<string, unknown>;
  const known = (Object.keys(typeNames) as StoredType[]).find((one) => typeNames[one] === dtype);
  if (known === undefined) {
    throw new ModelError("weights.dtype", `cannot read ${String(dtype)}.`, {
      at: name,
      hint: `Convert the file to ${Object.values(typeNames).join(" or ")}.`,
    });
  }
  if (!isCountList(shape) || !isCountList(data_offsets)) {
    throw headerError("shape or offsets are no lists of whole numbers.", name);
  }
  const [start = 0, end = -1] = data_offsets;
  const size = shape.reduce((n, dim) => n * dim, elementBytes[known]);
  if (end > body.byteLength || end - start !== size) {
    throw headerError(`offsets ${start} to ${end} do not hold ${size} bytes.`, name);
  }
  return { dtype: known, shape, data: body.subarray(start, end) };
}

/** Reads every tensor as a view into the file's bytes. Throws: weights.header, weights.dtype. */
export function decodeSafetensors(bytes: Uint8Array): WeightMap {
  const { header, start } = readHeader(bytes);
  // A Buffer's slices share memory where a plain array's are copies; readers rely on the latter.
  const body = new Uint8Array(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start);
  return new Map(
    Object.entries(header)
      .filter(([name]) => name !== "__metadata__")
      .map(([name, entry]) => [name, readTensor(name, entry, body)]),
  );
}
