import { ModelError } from "../errors.ts";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";

const metadataKey = "__metadata__";
const typeNames = { float32: "F32", float16: "F16", int64: "I64" } as const;
const elementBytes = { float32: 4, float16: 2, int64: 8 } as const;
const headerLimit = 100_000_000;

type StoredType = StoredTensor["dtype"];

function sizeOf(dtype: StoredType, shape: readonly number[]): number {
  return shape.reduce((bytes, size) => bytes * size, elementBytes[dtype]);
}

/**
 * Writes tensors in the given order, the header padded to eight bytes.
 * Throws: weights.header, when a tensor takes the metadata's name; weights.shape.
 * Source: safetensors 0.4's format page.
 */
export function encodeSafetensors(
  tensors: WeightMap,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  let offset = 0;
  const entries = [...tensors].map(([name, { dtype, shape, data }]) => {
    if (name === metadataKey) throw headerError("this name is the metadata's own.", name);
    if (data.byteLength !== sizeOf(dtype, shape)) {
      throw new ModelError("weights.shape", `[${shape.join(", ")}] does not fit its data.`, {
        at: name,
        hint: `Give ${sizeOf(dtype, shape)} bytes; there are ${data.byteLength}.`,
      });
    }
    const span = [offset, offset + data.byteLength];
    offset += data.byteLength;
    return [name, { dtype: typeNames[dtype], shape, data_offsets: span }] as const;
  });
  const header = JSON.stringify({ [metadataKey]: metadata, ...Object.fromEntries(entries) });
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
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, 8 + length));
    const header: unknown = JSON.parse(text);
    if (!isRecord(header)) throw new TypeError("no object");
    return { header, start: 8 + length };
  } catch (cause) {
    throw headerError("the header is no JSON object.", undefined, cause);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCountList(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

interface Entry {
  readonly name: string;
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  /** Bytes of the body, from start to before end. */
  readonly start: number;
  readonly end: number;
}

function readEntry(name: string, entry: unknown): Entry {
  if (!isRecord(entry)) throw headerError("the entry is no object.", name);
  const { dtype, shape, data_offsets } = entry;
  const known = (Object.keys(typeNames) as StoredType[]).find((one) => typeNames[one] === dtype);
  if (known === undefined) {
    throw new ModelError("weights.dtype", `cannot read ${String(dtype)}.`, {
      at: name,
      hint: `Convert the file to ${Object.values(typeNames).join(" or ")}.`,
    });
  }
  if (!isCountList(shape) || !isCountList(data_offsets) || data_offsets.length !== 2) {
    throw headerError("shape or offsets are no lists of whole numbers.", name);
  }
  const [start = 0, end = 0] = data_offsets;
  const size = sizeOf(known, shape);
  if (end - start !== size) {
    throw headerError(`offsets ${start} to ${end} do not hold ${size} bytes.`, name);
  }
  return { name, dtype: known, shape, start, end };
}

/** Entries must tile the body: an overlap, a gap or a rest is an error, as in the reference reader. */
function checkTiling(entries: readonly Entry[], bodyBytes: number): void {
  let reached = 0;
  for (const { name, start, end } of entries.toSorted(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    if (end > bodyBytes) {
      throw headerError(`offsets ${start} to ${end} lie outside ${bodyBytes} bytes.`, name);
    }
    if (start !== reached) {
      const what = start < reached ? "overlap another tensor" : "leave a gap before them";
      throw headerError(`offsets ${start} to ${end} ${what}.`, name);
    }
    reached = end;
  }
  if (reached !== bodyBytes) {
    throw headerError(`${bodyBytes - reached} bytes after the last tensor belong to none.`);
  }
}

/** Reads every tensor as a view into the file's bytes. Throws: weights.header, weights.dtype. */
export function decodeSafetensors(bytes: Uint8Array): WeightMap {
  const { header, start: bodyStart } = readHeader(bytes);
  // A Buffer's slices share memory where a plain array's are copies; readers rely on the latter.
  const body = new Uint8Array(
    bytes.buffer,
    bytes.byteOffset + bodyStart,
    bytes.byteLength - bodyStart,
  );
  const entries = Object.entries(header)
    .filter(([name]) => name !== metadataKey)
    .map(([name, entry]) => readEntry(name, entry));
  checkTiling(entries, body.byteLength);
  return new Map(
    entries.map(({ name, dtype, shape, start, end }) => [
      name,
      { dtype, shape, data: body.subarray(start, end) },
    ]),
  );
}
