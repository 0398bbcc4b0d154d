import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ModelError } from "../errors.ts";
import { type StoredTensor, type StoredType, storedBytes } from "../onnx/stored-tensor.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";

const tensors = fc
  .record({
    dtype: fc.constantFrom(...(Object.keys(storedBytes) as StoredType[])),
    shape: fc.array(fc.nat(4), { maxLength: 3 }),
    seed: fc.nat(255),
  })
  .map(({ dtype, shape, seed }): StoredTensor => {
    const size = shape.reduce((n, dim) => n * dim, storedBytes[dtype]);
    return { dtype, shape, data: Uint8Array.from({ length: size }, (_, at) => seed + at) };
  });

const names = fc
  .string({ minLength: 1, unit: "grapheme" })
  .filter((name) => name !== "__metadata__");
const checkpoints = fc
  .uniqueArray(fc.tuple(names, tensors), { maxLength: 6, selector: ([name]) => name })
  .map((entries) => new Map(entries));

/** A file by its header as text or value, and its body's length. */
function file(header: unknown, bodyBytes = 0, claimed?: number): Uint8Array {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const encoded = new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + encoded.byteLength + bodyBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(claimed ?? encoded.byteLength), true);
  bytes.set(encoded, 8);
  return bytes;
}

function errorOf(bytes: Uint8Array): Pick<ModelError, "code" | "at"> {
  try {
    decodeSafetensors(bytes);
  } catch (error) {
    if (error instanceof ModelError) return { code: error.code, at: error.at };
    throw error;
  }
  throw new Error("the file was read");
}

const entry = (start: number, end: number, more: object = {}) => ({
  dtype: "F32",
  shape: [(end - start) / 4],
  data_offsets: [start, end],
  ...more,
});

const badFiles: Readonly<Record<string, readonly [Uint8Array, string, string?]>> = {
  "an empty file": [new Uint8Array(), "weights.header"],
  "seven bytes": [new Uint8Array(7), "weights.header"],
  "a header length beyond the file": [file({}, 0, 3), "weights.header"],
  "a header length beyond all numbers": [new Uint8Array(16).fill(255, 0, 8), "weights.header"],
  "a header length of nothing": [file({}, 0, 0), "weights.header"],
  "a header that is not JSON": [file("{nope", 0), "weights.header"],
  "a header that is a list": [file([], 0), "weights.header"],
  "a header that is null": [file(null, 0), "weights.header"],
  "a header that is not UTF-8": [
    file({ "a!": entry(0, 4) }, 4).map((byte) => (byte === 0x21 ? 0xff : byte)),
    "weights.header",
  ],
  "an entry that is a number": [file({ a: 5 }), "weights.header", "a"],
  "an entry that is null": [file({ a: null }), "weights.header", "a"],
  "an entry without offsets": [file({ a: { dtype: "F32", shape: [1] } }, 4), "weights.header", "a"],
  "one offset": [file({ a: entry(0, 4, { data_offsets: [0] }) }, 4), "weights.header", "a"],
  "three offsets": [
    file({ a: entry(0, 4, { data_offsets: [0, 4, 4] }) }, 4),
    "weights.header",
    "a",
  ],
  "a negative offset": [
    file({ a: entry(0, 4, { data_offsets: [-4, 0] }) }, 4),
    "weights.header",
    "a",
  ],
  "a fractional size": [file({ a: entry(0, 4, { shape: [0.5, 2] }) }, 4), "weights.header", "a"],
  "sizes as text": [file({ a: entry(0, 4, { shape: ["1"] }) }, 4), "weights.header", "a"],
  "a shape beyond its data": [file({ a: entry(0, 4, { shape: [2] }) }, 4), "weights.header", "a"],
  "a shape beyond all numbers": [
    file({ a: entry(0, 4, { shape: Array(40).fill(2 ** 40) }) }, 4),
    "weights.header",
    "a",
  ],
  "a shape beyond all numbers, times nothing": [
    file({ a: entry(0, 0, { shape: [...Array(40).fill(2 ** 40), 0] }) }, 0),
    "weights.header",
    "a",
  ],
  "offsets beyond the file": [file({ a: entry(0, 8) }, 4), "weights.header", "a"],
  "offsets in the wrong order": [
    file({ a: entry(0, 4, { data_offsets: [4, 0] }) }, 4),
    "weights.header",
    "a",
  ],
  "tensors that overlap": [file({ a: entry(0, 8), b: entry(4, 12) }, 12), "weights.header", "b"],
  "two tensors in one place": [file({ a: entry(0, 4), b: entry(0, 4) }, 4), "weights.header", "b"],
  "a gap between tensors": [file({ a: entry(0, 4), b: entry(8, 12) }, 12), "weights.header", "b"],
  "bytes after the last tensor": [file({ a: entry(0, 4) }, 8), "weights.header"],
  "two entries of one name": [
    file(
      '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"I32","shape":[1],"data_offsets":[0,4]}}',
      4,
    ),
    "weights.header",
    "a",
  ],
  "two entries of one name, written differently": [
    file(
      '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\\u0061":{"dtype":"I32","shape":[1],"data_offsets":[0,4]}}',
      4,
    ),
    "weights.header",
    "a",
  ],
  "metadata that are no texts": [
    file({ __metadata__: { format: 1 } }),
    "weights.header",
    "__metadata__",
  ],
  "a PyTorch archive": [
    new Uint8Array(64).fill(255).map((byte, at) => [0x50, 0x4b, 3, 4][at] ?? byte),
    "weights.format",
  ],
  "a pickle": [
    new Uint8Array(64).fill(99).map((byte, at) => [0x80, 2, 0x8a, 10][at] ?? byte),
    "weights.format",
  ],
  "a GGUF file": [new TextEncoder().encode("GGUF\x03\0\0\0 and more"), "weights.format"],
  "a Git LFS pointer": [
    new TextEncoder().encode("version https://git-lfs.github.com/spec/v1"),
    "weights.format",
  ],
  "a page instead of the file": [new TextEncoder().encode("<!DOCTYPE html>"), "weights.format"],
  "a type of less than a byte": [
    file({ a: entry(0, 4, { dtype: "F4", shape: [8] }) }, 4),
    "weights.dtype",
    "a",
  ],
  "an unknown type": [file({ a: entry(0, 4, { dtype: "Q4_0" }) }, 4), "weights.dtype", "a"],
  "a type that is no text": [file({ a: entry(0, 4, { dtype: {} }) }, 4), "weights.dtype", "a"],
};

describe("safetensors", () => {
  test("[W11] gives back what was written", () => {
    fc.assert(
      fc.property(checkpoints, (written) => {
        const read = decodeSafetensors(encodeSafetensors(written, { format: "pt" }));
        expect(new Map(read)).toEqual(written);
      }),
    );
  });

  test("writes the published layout", () => {
    const data = new Uint8Array(Float32Array.of(1, -2).buffer);
    const bytes = encodeSafetensors(new Map([["a", { dtype: "float32", shape: [2], data }]]));
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(new TextDecoder().decode(bytes.subarray(8, 8 + length)).trimEnd()).toBe(
      '{"__metadata__":{},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}',
    );
    expect(bytes.subarray(8 + length)).toEqual(data);
  });

  test("reads tensors in any order, and scalars", () => {
    const bytes = file({ b: entry(4, 8), a: entry(0, 4, { shape: [] }) }, 8);
    bytes.set([1, 2, 3, 4, 5, 6, 7, 8], bytes.byteLength - 8);
    const read = decodeSafetensors(bytes);
    expect(read.get("a")).toEqual({ dtype: "float32", shape: [], data: Uint8Array.of(1, 2, 3, 4) });
    expect(read.get("b")?.data).toEqual(Uint8Array.of(5, 6, 7, 8));
  });

  test.each([
    ["F64", "float64", 8],
    ["F32", "float32", 4],
    ["F16", "float16", 2],
    ["BF16", "bfloat16", 2],
    ["F8_E4M3", "float8e4m3", 1],
    ["F8_E5M2", "float8e5m2", 1],
    ["I64", "int64", 8],
    ["I32", "int32", 4],
    ["I16", "int16", 2],
    ["I8", "int8", 1],
    ["U64", "uint64", 8],
    ["U32", "uint32", 4],
    ["U16", "uint16", 2],
    ["U8", "uint8", 1],
    ["BOOL", "bool", 1],
  ])("reads %s", (name, dtype, size) => {
    const bytes = file({ a: { dtype: name, shape: [3], data_offsets: [0, 3 * size] } }, 3 * size);
    expect(decodeSafetensors(bytes).get("a")).toMatchObject({ dtype, shape: [3] });
    const short = file(
      { a: { dtype: name, shape: [3], data_offsets: [0, 3 * size - 1] } },
      3 * size - 1,
    );
    expect(errorOf(short)).toEqual({ code: "weights.header", at: "a" });
  });

  test("takes a name that means something to JavaScript as any other", () => {
    const bytes = file('{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', 1);
    const read = decodeSafetensors(bytes);
    expect([...read.keys()]).toEqual(["__proto__"]);
    expect([...decodeSafetensors(encodeSafetensors(read)).keys()]).toEqual(["__proto__"]);
    expect(Object.hasOwn(Object.prototype, "dtype")).toBe(false);
  });

  test("reads a file that lies at an odd place in memory", () => {
    const data = new Uint8Array(Float32Array.of(1, -2).buffer);
    const bytes = encodeSafetensors(new Map([["a", { dtype: "float32", shape: [2], data }]]));
    const moved = Buffer.alloc(bytes.byteLength + 3);
    moved.set(bytes, 3);
    const read = decodeSafetensors(moved.subarray(3)).get("a")?.data;
    expect(read).toEqual(data);
    // A copy of the tensor alone: a Buffer's slice would still be the whole file.
    expect(read?.slice().buffer.byteLength).toBe(8);
  });

  test.each(Object.keys(badFiles))("[W1] refuses %s", (name) => {
    const [bytes, code, at] = badFiles[name] ?? [new Uint8Array(), ""];
    expect(errorOf(bytes)).toEqual({ code, at });
  });

  test("[W1] reads or refuses whatever a file's bytes are turned into", () => {
    const whole = encodeSafetensors(
      new Map([
        ["a", { dtype: "float32", shape: [2], data: new Uint8Array(8) }],
        ["b", { dtype: "float16", shape: [1, 3], data: new Uint8Array(6) }],
      ]),
    );
    const change = fc.tuple(fc.nat(whole.byteLength - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.nat(whole.byteLength), fc.array(change, { maxLength: 4 }), (end, changes) => {
        const bytes = whole.slice(0, end);
        for (const [at, byte] of changes) if (at < end) bytes[at] = byte;
        try {
          for (const { dtype, shape, data } of decodeSafetensors(bytes).values()) {
            expect(data.byteLength).toBe(shape.reduce((n, dim) => n * dim, storedBytes[dtype]));
          }
        } catch (error) {
          expect(error).toBeInstanceOf(ModelError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("does not write what it could not read", () => {
    const tensor = { dtype: "float32", shape: [1], data: new Uint8Array(4) } as const;
    expect(() => encodeSafetensors(new Map([["__metadata__", tensor]]))).toThrow("weights.header");
    const short = { ...tensor, shape: [2] };
    expect(() => encodeSafetensors(new Map([["a", short]]))).toThrow("weights.shape at a");
  });
});
