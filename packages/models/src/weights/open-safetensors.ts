import { closeSync, fstatSync, openSync, readSync, realpathSync } from "node:fs";
import { ModelError } from "../errors.ts";
import type { FileSpan, StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";
import {
  type HeaderEntry,
  headerError,
  headerLength,
  lengthBytes,
  parseHeader,
} from "./safetensors-header.ts";

function fileError(file: string, cause: unknown): ModelError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ModelError("weights.unreadable", `cannot read the file: ${reason}.`, {
    at: file,
    hint: "Check that the file is there and that you may read it.",
    cause,
  });
}

/** Fills the bytes from a place in a file; a file that ends before is an error. */
function readInto(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.byteLength; ) {
    const count = readSync(descriptor, bytes, done, bytes.byteLength - done, position + done);
    if (count === 0) throw headerError(`the file ends at byte ${position + done}.`);
    done += count;
  }
}

function withFile<T>(file: string, task: (descriptor: number) => T): T {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch (cause) {
    throw fileError(file, cause);
  }
  try {
    return task(descriptor);
  } catch (cause) {
    if (cause instanceof ModelError) {
      const at = cause.at === undefined ? file : `${file}, ${cause.at}`;
      throw new ModelError(cause.code, cause.what, { at, hint: cause.hint, cause });
    }
    throw fileError(file, cause);
  } finally {
    closeSync(descriptor);
  }
}

/** Reads one stretch of a file. Throws: weights.unreadable, weights.header when the file is too short. */
export function readSpan({ file, offset, length }: FileSpan): Uint8Array {
  const bytes = new Uint8Array(length);
  withFile(file, (descriptor) => readInto(descriptor, bytes, offset));
  return bytes;
}

/** A tensor whose bytes stay in their file until they are asked for. */
export function tensorInFile(
  { dtype, shape }: Pick<StoredTensor, "dtype" | "shape">,
  span: FileSpan,
): StoredTensor {
  return {
    dtype,
    shape,
    span,
    get data() {
      return readSpan(span);
    },
  };
}

function storedTensor(file: string, bodyStart: number, entry: HeaderEntry): StoredTensor {
  const length = entry.end - entry.start;
  return tensorInFile(entry, { file, offset: bodyStart + entry.start, length });
}

/** The bytes of the header and where the body begins. */
function readHeader(descriptor: number) {
  const size = fstatSync(descriptor).size;
  const start = new Uint8Array(Math.min(lengthBytes, size));
  readInto(descriptor, start, 0);
  const bytes = new Uint8Array(headerLength(start, size));
  readInto(descriptor, bytes, lengthBytes);
  const bodyStart = lengthBytes + bytes.byteLength;
  return { ...parseHeader(bytes, size - bodyStart), bodyStart };
}

/**
 * Reads a file's header only; a tensor's bytes are read when they are asked for.
 * Throws: weights.unreadable, weights.header, weights.format, weights.dtype.
 */
export function openSafetensors(file: string): WeightMap {
  return withFile(file, (descriptor) => {
    const { entries, bodyStart } = readHeader(descriptor);
    const path = realpathSync(file);
    return new Map(entries.map((entry) => [entry.name, storedTensor(path, bodyStart, entry)]));
  });
}

/**
 * The texts that a file's header keeps beside its tensors, `__metadata__`.
 * Throws: weights.unreadable, weights.header, weights.format, weights.dtype.
 */
export function readMetadata(file: string): Readonly<Record<string, string>> {
  return withFile(file, (descriptor) => readHeader(descriptor).metadata);
}
