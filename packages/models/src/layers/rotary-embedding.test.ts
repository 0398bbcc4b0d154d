import { describe, expect, test } from "vitest";
import { createGraph, declareInput, type Tensor } from "../onnx/graph.ts";
import { numbers, runTensor } from "../onnx/run-graph.fixture.ts";
import { sizeOf } from "../onnx/shape.ts";
import { rotaryEmbedding, rotaryFrequencies, rotaryTable } from "./rotary-embedding.ts";

const turned = (x: Tensor): Tensor =>
  rotaryEmbedding(x, rotaryTable(x.graph, [sizeOf(x, 2), sizeOf(x, 3)]));

// Sines and cosines are rounded once to single precision.
const digits = 6;

describe("rotaryEmbedding", () => {
  test("turns a pair by its position in radians", async () => {
    const x = declareInput(createGraph(), "x", ["N", 1, 3, 2]);
    const y = turned(x);
    expect(y.shape).toEqual(["N", 1, 3, 2]);
    const found = await runTensor(y, { x: [1, 0, 1, 0, 0, 1] });
    const wanted = [1, 0, Math.cos(1), Math.sin(1), -Math.sin(2), Math.cos(2)];
    wanted.forEach((value, at) => {
      expect(found[at]).toBeCloseTo(value, digits);
    });
  });

  test("pairs halves, and turns later pairs more slowly", async () => {
    const x = declareInput(createGraph(), "x", [1, 1, 2, 4]);
    // Base 10000 and depth 4: angles 1 and 1/100 for the pairs (0, 2) and (1, 3).
    const found = await runTensor(turned(x), { x: [0, 0, 0, 0, 1, 1, 0, 0] });
    const wanted = [0, 0, 0, 0, Math.cos(1), Math.cos(0.01), Math.sin(1), Math.sin(0.01)];
    wanted.forEach((value, at) => {
      expect(found[at]).toBeCloseTo(value, digits);
    });
  });

  test("makes products depend on the distance of positions alone", async () => {
    const [length, depth] = [5, 8];
    const [query, key] = [numbers(depth, 1), numbers(depth, 2)];
    const everywhere = (row: readonly number[]): readonly number[] =>
      Array.from({ length }, () => row).flat();
    const x = declareInput(createGraph(), "x", ["N", 1, length, depth]);
    const found = await runTensor(turned(x), {
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

describe("rotaryFrequencies", () => {
  test("falls from 1 by powers of theta", () => {
    expect(rotaryFrequencies(4)).toEqual([1, 0.01]);
    expect(rotaryFrequencies(4, { theta: 25 })).toEqual([1, 0.2]);
  });

  test("divides all by a linear factor", () => {
    const scaling = { kind: "linear", factor: 4 } as const;
    expect(rotaryFrequencies(4, { scaling })).toEqual([0.25, 0.0025]);
  });

  test("keeps fast turns, slows slow ones and mixes those between", () => {
    const scaling = {
      kind: "llama3",
      factor: 8,
      lowFrequency: 1,
      highFrequency: 3,
      // The pairs turn 4, 2 and 1 times over this length at theta 8 and depth 6.
      firstLength: 8 * Math.PI,
    } as const;
    const [fast = 0, between = 0, slow = 0] = rotaryFrequencies(6, { theta: 8, scaling });
    expect(fast).toBeCloseTo(1, 12);
    expect(between).toBeCloseTo(0.5 * (0.5 + 0.5 / 8), 12);
    expect(slow).toBeCloseTo(0.25 / 8, 12);
  });
});
