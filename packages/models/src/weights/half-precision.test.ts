import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ModelError } from "../errors.ts";
import type { StoredTensor } from "../onnx/stored-tensor.ts";
import { toHalfPrecision, toSinglePrecision } from "./half-precision.ts";

const single = (values: readonly number[]): StoredTensor => ({
  dtype: "float32",
  shape: [values.length],
  data: new Uint8Array(Float32Array.from(values).buffer),
});

const halved = (values: readonly number[]): readonly number[] => {
  const half = toHalfPrecision(new Map([["a", single(values)]]));
  expect(half.get("a")?.dtype).toBe("float16");
  expect(half.get("a")?.data.byteLength).toBe(2 * values.length);
  return [...toSinglePrecision(half, "a")];
};

describe("toHalfPrecision", () => {
  test("keeps numbers that half precision has", () => {
    const exact = [0, 1, -2, 0.5, 1.5, 65504, 2 ** -14, 2 ** -24, 1 / 1024 + 1];
    expect(halved(exact)).toEqual(exact);
  });

  test("writes the published bits", () => {
    const half = toHalfPrecision(new Map([["a", single([1, -2, 65504, 0.1])]]));
    const { buffer } = half.get("a")?.data.slice() ?? new Uint8Array();
    expect([...new Uint16Array(buffer)]).toEqual([0x3c00, 0xc000, 0x7bff, 0x2e66]);
  });

  test("rounds by at most half a step: 2^-11 of the number", () => {
    const normal = fc.double({ min: 2 ** -14, max: 65504, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(normal, fc.boolean()), { minLength: 1 }), (drawn) => {
        const values = drawn.map(([size, isNegative]) => Math.fround(isNegative ? -size : size));
        halved(values).forEach((value, at) => {
          const wanted = values[at] ?? Number.NaN;
          expect(Math.abs(value - wanted)).toBeLessThanOrEqual(Math.abs(wanted) / 2048);
        });
      }),
    );
  });

  test("[W10] leaves a tensor with a number that would become infinite in single precision", () => {
    const weights = new Map([
      ["large", single([1, -65520])],
      ["edge", single([65519, -2])],
    ]);
    const half = toHalfPrecision(weights);
    expect(half.get("large")?.dtype).toBe("float32");
    expect([...toSinglePrecision(half, "large")]).toEqual([1, -65520]);
    // What rounds down to the largest half does.
    expect(half.get("edge")?.dtype).toBe("float16");
    expect([...toSinglePrecision(half, "edge")]).toEqual([65504, -2]);
  });

  test("[W8] refuses what is infinite or no number, and so does toSinglePrecision", () => {
    for (const value of [Number.NaN, Number.NEGATIVE_INFINITY]) {
      const weights = new Map([["odd", single([1, value])]]);
      const refusal = expect.objectContaining({ code: "weights.not-finite", at: "odd" });
      expect(() => toHalfPrecision(weights)).toThrow(refusal);
      expect(() => toSinglePrecision(weights, "odd")).toThrow(refusal);
    }
  });

  test("leaves whole numbers and halves as they are", () => {
    const step: StoredTensor = { dtype: "int64", shape: [1], data: new Uint8Array(8).fill(7) };
    const half: StoredTensor = { dtype: "float16", shape: [1], data: Uint8Array.of(0, 0x3c) };
    const weights = new Map([
      ["step", step],
      ["half", half],
    ]);
    expect(toHalfPrecision(weights)).toEqual(weights);
  });
});

describe("toSinglePrecision", () => {
  test("reads tensors at odd places of a file", () => {
    const bytes = new Uint8Array(9);
    bytes.set(single([1.25, -3]).data, 1);
    const weights = new Map([
      ["a", { dtype: "float32", shape: [2], data: bytes.subarray(1) } as const],
    ]);
    expect([...toSinglePrecision(weights, "a")]).toEqual([1.25, -3]);
  });

  test.each<[StoredTensor["dtype"], readonly number[], readonly number[]]>([
    ["float64", [0, 0, 0, 0, 0, 0, 0xf8, 0xbf], [-1.5]],
    // The upper halves of 1, -2 and pi in single precision.
    ["bfloat16", [0x80, 0x3f, 0x00, 0xc0, 0x49, 0x40], [1, -2, 3.140625]],
    // The published extremes: largest, smallest normal, smallest subnormal, and -1.
    ["float8e4m3", [0x7e, 0x08, 0x01, 0xb8, 0x80], [448, 2 ** -6, 2 ** -9, -1, -0]],
    ["float8e5m2", [0x7b, 0x04, 0x01, 0xbc], [57344, 2 ** -14, 2 ** -16, -1]],
  ])("reads %s", (dtype, bytes, values) => {
    const data = Uint8Array.from(bytes);
    const weights = new Map([["a", { dtype, shape: [values.length], data }]]);
    expect([...toSinglePrecision(weights, "a")]).toEqual(values);
  });

  test("makes no list of the numbers, which for a table of words would not fit", () => {
    const module = fileURLToPath(new URL("half-precision.ts", import.meta.url));
    const source = `
      import { toHalf, toSinglePrecision } from ${JSON.stringify(module)};
      const [shape, sizes] = [[2 ** 22], { float64: 8, float16: 2, bfloat16: 2, float8e4m3: 1, float8e5m2: 1 }];
      for (const [dtype, size] of Object.entries(sizes)) {
        const data = new Uint8Array(size * shape[0]);
        toSinglePrecision(new Map([["a", { dtype, shape, data }]]), "a");
      }
      toHalf({ dtype: "float32", shape, data: new Uint8Array(4 * shape[0]) });
      console.log("read");`;
    // A list of so many numbers takes 32 MiB of the heap; their own bytes lie outside it.
    const options = ["--max-old-space-size=36", "--import", "tsx", "--input-type=module"];
    const found = execFileSync(process.execPath, [...options, "--eval", source]);
    expect(`${found}`.trim()).toBe("read");
  });

  test("names what is missing, and what holds no weights", () => {
    const step: StoredTensor = { dtype: "int64", shape: [1], data: new Uint8Array(8) };
    const read = (path: string) => () => toSinglePrecision(new Map([["step", step]]), path);
    expect(read("a.weight")).toThrow(ModelError);
    expect(read("a.weight")).toThrow("weights.missing at a.weight");
    expect(read("step")).toThrow("weights.dtype at step");
  });
});
