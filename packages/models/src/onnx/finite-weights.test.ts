import { Float16Array } from "@petamoriken/float16";
import { describe, expect, test } from "vitest";
import { emitGraph } from "./emit.ts";
import { checkFinite, findNotFinite, isFiniteTensor } from "./finite-weights.ts";
import { createGraph } from "./graph.ts";
import { add } from "./ops/elementwise.ts";
import { type StoredTensor, type StoredType, storedBytes } from "./stored-tensor.ts";
import { weightsAt } from "./weights.ts";

const stored = (dtype: StoredType, data: Uint8Array): StoredTensor => ({
  dtype,
  shape: [data.byteLength / storedBytes[dtype]],
  data,
});
const bytesOf = ({ buffer }: { readonly buffer: ArrayBufferLike }): Uint8Array =>
  new Uint8Array(buffer);

const broken = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const largest = { float64: Number.MAX_VALUE, float32: 3.4028234e38, float16: 65504 };
const arrays = { float64: Float64Array, float32: Float32Array, float16: Float16Array };

describe("isFiniteTensor", () => {
  test.each(["float64", "float32", "float16"] as const)("finds any odd number of %s", (dtype) => {
    const fine = [0, -0, 1, -2.5, largest[dtype], -largest[dtype], 6e-8];
    const tensorOf = (values: readonly number[]) =>
      stored(dtype, bytesOf(arrays[dtype].from(values)));
    expect(isFiniteTensor(tensorOf(fine))).toBe(true);
    for (const value of broken) {
      for (let at = 0; at < fine.length; at++) {
        expect(isFiniteTensor(tensorOf(fine.with(at, value)))).toBe(false);
      }
    }
  });

  test.each<[StoredType, readonly number[], readonly number[]]>([
    ["bfloat16", [0x0000, 0x8000, 0x7f7f, 0xff7f, 0x3f80], [0x7f80, 0xff80, 0x7fc0, 0xffff]],
    ["float8e5m2", [0x00, 0x80, 0x7b, 0xfb, 0x3c], [0x7c, 0xfc, 0x7d, 0x7f]],
    ["float8e4m3", [0x00, 0x80, 0x7e, 0xfe, 0x78], [0x7f, 0xff]],
  ])("finds any odd pattern of %s", (dtype, fine, odd) => {
    const array = storedBytes[dtype] === 2 ? Uint16Array : Uint8Array;
    const tensorOf = (bits: readonly number[]) => stored(dtype, bytesOf(array.from(bits)));
    expect(isFiniteTensor(tensorOf(fine))).toBe(true);
    for (const bits of odd) {
      for (let at = 0; at < fine.length; at++) {
        expect(isFiniteTensor(tensorOf(fine.with(at, bits)))).toBe(false);
      }
    }
  });

  test("reads a tensor at an odd place in memory", () => {
    const moved = new Uint8Array(13);
    moved.set(bytesOf(Float32Array.of(1, 2, Number.NaN)), 1);
    expect(isFiniteTensor(stored("float32", moved.subarray(1)))).toBe(false);
    expect(isFiniteTensor(stored("float32", moved.subarray(1, 9)))).toBe(true);
  });

  test("takes every whole number as finite", () => {
    expect(isFiniteTensor(stored("int32", new Uint8Array(8).fill(255)))).toBe(true);
  });
});

describe("findNotFinite and checkFinite", () => {
  const nan = stored("float32", bytesOf(Float32Array.of(Number.NaN)));
  const one = stored("float32", bytesOf(Float32Array.of(1)));

  test("name the first tensor at fault", () => {
    const weights = new Map([
      ["a", one],
      ["b", nan],
      ["c", nan],
    ]);
    expect(findNotFinite(weights)).toBe("b");
    expect(findNotFinite([["a", one]])).toBeUndefined();
    expect(() => checkFinite(weights)).toThrow(
      expect.objectContaining({ code: "weights.not-finite", at: "b" }),
    );
    expect(() => checkFinite(weights, ["a", "d"])).not.toThrow();
  });

  test("a tensor that was found finite is not read again", () => {
    let reads = 0;
    const counted: StoredTensor = {
      dtype: "float32",
      shape: [1],
      get data() {
        reads++;
        return one.data;
      },
    };
    checkFinite(new Map([["a", counted]]));
    checkFinite(new Map([["b", counted]]));
    expect(reads).toBe(1);
  });

  test("[W8] a network with such a weight is not emitted; a tensor that it does not use is not read", () => {
    const graph = createGraph();
    const w = weightsAt(graph);
    const outputs = { y: add(w.get("a", [1], { fill: 0 }), w.get("b", [1], { fill: 0 })) };
    const emit = (b: StoredTensor) => () =>
      emitGraph(graph, outputs, {
        weights: new Map([
          ["a", one],
          ["b", b],
          ["unused", nan],
        ]),
      });
    expect(emit(one)).not.toThrow();
    expect(emit(nan)).toThrow(expect.objectContaining({ code: "weights.not-finite", at: "b" }));
  });
});
