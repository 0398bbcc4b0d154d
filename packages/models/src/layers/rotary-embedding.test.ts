import { describe, expect, it } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { numbers, runTensor } from "../onnx/run-graph.fixture.ts";
import { rotaryEmbedding } from "./rotary-embedding.ts";

// Sines and cosines are rounded once to single precision.
const digits = 6;

describe("rotaryEmbedding", () => {
  it("turns a pair by its position in radians", async () => {
    const x = declareInput(createGraph(), "x", ["N", 1, 3, 2]);
    const y = rotaryEmbedding(x);
    expect(y.shape).toEqual(["N", 1, 3, 2]);
    const found = await runTensor(y, { x: [1, 0, 1, 0, 0, 1] });
    const wanted = [1, 0, Math.cos(1), Math.sin(1), -Math.sin(2), Math.cos(2)];
    wanted.forEach((value, at) => {
      expect(found[at]).toBeCloseTo(value, digits);
    });
  });

  it("pairs halves, and turns later pairs more slowly", async () => {
    const x = declareInput(createGraph(), "x", [1, 1, 2, 4]);
    // Base 10000 and depth 4: angles 1 and 1/100 for the pairs (0, 2) and (1, 3).
    const found = await runTensor(rotaryEmbedding(x), { x: [0, 0, 0, 0, 1, 1, 0, 0] });
    const wanted = [0, 0, 0, 0, Math.cos(1), Math.cos(0.01), Math.sin(1), Math.sin(0.01)];
    wanted.forEach((value, at) => {
      expect(found[at]).toBeCloseTo(value, digits);
    });
  });

  it("makes products depend on the distance of positions alone", async () => {
    const [length, depth] = [5, 8];
    const [query, key] = [numbers(depth, 1), numbers(depth, 2)];
    const everywhere = (row: readonly number[]): readonly number[] =>
      Array.from({ length }, () => row).flat();
    const x = declareInput(createGraph(), "x", ["N", 1, length, depth]);
    const found = await runTensor(rotaryEmbedding(x), {
      x: [...everywhere(query), ...everywhere(key)],
    });
    const product = (at: number, other: number): number =>
      Array.from({ length: depth }, (_, i) => i).reduce(
        (sum, i) => sum + (found[at * depth + i] ?? 0) * (found[(length + other) * depth + i] ?? 0),
        0,
      );
    expect(product(1, 0)).toBeCloseTo(product(4, 3), 5);
    expect(product(0, 3)).toBeCloseTo(product(1, 4), 5);
    expect(Math.abs(product(1, 0) - product(2, 0))).toBeGreaterThan(0.01);
  });
});
