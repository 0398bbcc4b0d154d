import { ModelError } from "../errors.ts";
import { isRecord } from "../files/is-record.ts";
import { type StoredType, storedBytes } from "../onnx/stored-tensor.ts";
import { repeatedKey } from "./repeated-key.ts";

/** The header's entry that is no tensor. */
export const metadataKey = "__metadata__";

/** The format's own limit, in bytes. */
export const headerLimit = 100_000_000;

/** Bytes before the header: its length. */
export const lengthBytes = 8;

/** The format's names of element types. */
export const typeNames: Readonly<Record<StoredType, string>> = {
  float64: "F64",
  float32: "F32",
  float16: "F16",
  bfloat16: "BF16",
  float8e4m3: "F8_E4M3",
  float8e5m2: "F8_E5M2",
  int64: "I64",
  int32: "I32",
  int16: "I16",
  int8: "I8",
  uint64: "U64",
  uint32: "U32",
  uint16: "U16",
  uint8: "U8",
  bool: "BOOL",
};

const typesByName = new Map(
  (Object.keys(typeNames) as StoredType[]).map((type) => [typeNames[type], type]),
);

/** A tensor's place in the body: bytes from start to before end. */
export interface HeaderEntry {
  readonly name: string;
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** All that a file says before its body. */
export interface SafetensorsHeader {
  readonly entries: readonly HeaderEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** The error for a file that breaks the format. */
export function headerError(what: string, at?: string, cause?: unknown): ModelError {
  return new ModelError("weights.header", what, {
    ...(at === undefined ? {} : { at }),
    hint: "The file is damaged or not a safetensors file; download it again.",
    cause,
  });
}

/** @returns NaN where the sizes are beyond all numbers */
export function bytesIn(dtype: StoredType, shape: readonly number[]): number {
  const bytes = shape.reduce((product, size) => product * size, storedBytes[dtype]);
  return Number.isSafeInteger(bytes) ? bytes : Number.NaN;
}

/** What the first bytes give away when a file is something else. */
function foreignFormat(start: Uint8Array): string | undefined {
  const [a, b, c, d] = start;
  if (a === 0x50 && b === 0x4b && c === 3 && d === 4)
    return "a PyTorch archive (zip with a pickle)";
  if (a === 0x80 && b !== undefined && b >= 2 && b <= 5) return "a Python pickle";
  const text = String.fromCharCode(...start.subarray(0, 8));
  if (text.startsWith("GGUF")) return "a GGUF file";
  if (text.startsWith("version ")) return "a Git LFS pointer, not the file it stands for";
  if (/^\s*[<{]/.test(text)) return "a text";
  return undefined;
}

/** Refuses files that are something else, saying what. Throws: weights.header, weights.format. */
export function headerLength(start: Uint8Array, fileBytes: number): number {
  const foreign = foreignFormat(start);
  const length =
    start.byteLength < lengthBytes
      ? Number.NaN
      : Number(new DataView(start.buffer, start.byteOffset).getBigUint64(0, true));
  if (length <= headerLimit && lengthBytes + length <= fileBytes) return length;
  if (foreign !== undefined) {
    throw new ModelError("weights.format", `this is ${foreign}, not a safetensors file.`, {
      hint: foreign.includes("ickle")
        ? "Pickles can run code, so they are never opened: convert the file with safetensors' own tools."
        : "Download the file again from where it was published.",
    });
  }
  if (Number.isNaN(length)) throw headerError("the file is shorter than its header.");
  throw headerError(`the header claims ${length} bytes of ${fileBytes - lengthBytes}.`);
}

function isCountList(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function readEntry(name: string, entry: unknown): HeaderEntry {
  if (!isRecord(entry)) throw headerError("the entry is not an object.", name);
  const { dtype: type, shape, data_offsets } = entry;
  const dtype = typeof type === "string" ? typesByName.get(type) : undefined;
  if (dtype === undefined) {
    throw new ModelError("weights.dtype", `cannot read ${JSON.stringify(type)}.`, {
      at: name,
      hint: `Convert the file to one of ${Object.values(typeNames).join(", ")}.`,
    });
  }
  if (!isCountList(shape) || !isCountList(data_offsets) || data_offsets.length !== 2) {
    throw headerError("shape and offsets must be lists of whole numbers.", name);
  }
  const [start = 0, end = 0] = data_offsets;
  const size = bytesIn(dtype, shape);
  if (end - start !== size) {
    const held = Number.isNaN(size) ? "so many" : size;
    throw headerError(`offsets ${start} to ${end} do not hold ${held} bytes.`, name);
  }
  return { name, dtype, shape, start, end };
}

function readMetadata(value: unknown): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (isRecord(value) && Object.values(value).every((item) => typeof item === "string")) {
    return value as Record<string, string>;
  }
  throw headerError("the metadata must be texts.", metadataKey);
}

/** Entries must tile the body: an overlap, a gap or a rest is an error, as in the reference reader. */
function checkTiling(entries: readonly HeaderEntry[], bodyBytes: number): void {
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
    throw headerError(`${bodyBytes - reached} bytes follow the last tensor.`);
  }
}

/** Throws: weights.header, weights.dtype. Source: safetensors 0.4's format page. */
export function parseHeader(bytes: Uint8Array, bodyBytes: number): SafetensorsHeader {
  let header: unknown;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    header = JSON.parse(text);
    if (!isRecord(header)) throw new TypeError("no object");
  } catch (cause) {
    throw headerError("the header is not a JSON object.", undefined, cause);
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined)
    throw headerError("the header has two entries of this name.", repeated);
  const metadata = readMetadata(
    Object.hasOwn(header, metadataKey) ? header[metadataKey] : undefined,
  );
  const entries = Object.entries(header)
    .filter(([name]) => name !== metadataKey)
    .map(([name, entry]) => readEntry(name, entry));
  checkTiling(entries, bodyBytes);
  return { entries, metadata };
}
