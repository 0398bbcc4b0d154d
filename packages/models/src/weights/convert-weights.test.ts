import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";
import { convertWeights } from "./convert-weights.ts";
import { toSinglePrecision } from "./half-precision.ts";

/** Numbers with no more digits than bfloat16 has. */
function brain(shape: readonly number[], values: readonly number[]): StoredTensor {
  const words = new Uint32Array(Float32Array.from(values).buffer);
  const data = new Uint8Array(Uint16Array.from(words, (word) => word >>> 16).buffer);
  return { dtype: "bfloat16", shape, data };
}

const row = Array.from({ length: 32 }, (_, at) => (at - 16) / 16);
const weights: WeightMap = new Map([
  ["wide.weight", brain([1, 32], row)],
  ["large.bias", brain([2], [1, 131_072])],
  ["norm.weight", brain([2], [1, -0.5])],
]);

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "convert-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs a conversion to its end, or for so many pieces. @returns pieces made, and the weights if it ended */
function convert(form: "float16" | "float32" | "int8", most = Number.POSITIVE_INFINITY) {
  const steps = convertWeights(weights, { form, folder, pieceBytes: 4 });
  for (let made = 0; ; made++) {
    const step = steps.next();
    if (step.done) return { made, weights: step.value };
    if (made === most) return { made, weights: undefined };
  }
}

test("[N18] bfloat16 becomes half precision, but what is beyond that becomes single precision", () => {
  const found = convert("float16").weights;
  const types = [...weights.keys()].map((name) => found?.get(name)?.dtype);
  expect(types).toEqual(["float16", "float32", "float16"]);
  for (const name of weights.keys()) {
    expect(toSinglePrecision(found ?? new Map(), name)).toEqual(toSinglePrecision(weights, name));
    expect(found?.get(name)?.span?.file).toContain(folder);
  }
});

test("bfloat16 becomes single precision without loss", () => {
  const found = convert("float32").weights ?? new Map();
  for (const name of weights.keys()) {
    expect(toSinglePrecision(found, name)).toEqual(toSinglePrecision(weights, name));
  }
});

test("matrices alone get 8 bits, beside themselves", () => {
  const found = convert("int8").weights ?? new Map<string, StoredTensor>();
  expect([...found.keys()].slice(3)).toEqual(["wide.weight:int8", "wide.weight:scale"]);
  const scale = toSinglePrecision(found, "wide.weight:scale")[0] ?? 0;
  const bytes = [...(found.get("wide.weight:int8")?.data ?? [])];
  bytes.forEach((byte, at) => {
    expect(Math.abs((byte - 128) * scale - (row[at] ?? 0))).toBeLessThanOrEqual(scale / 2 + 1e-7);
  });
});

test("goes on where it was cut off, and makes nothing twice", async () => {
  expect(convert("float16", 1)).toEqual({ made: 1, weights: undefined });
  const [first = ""] = await readdir(folder);
  const before = await stat(path.join(folder, first));
  expect(convert("float16").made).toBe(2);
  expect((await stat(path.join(folder, first))).mtimeMs).toBe(before.mtimeMs);
  expect(convert("float16").made).toBe(0);
});
