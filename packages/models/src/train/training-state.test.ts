import { describe, expect, test } from "vitest";
import { ModelError } from "../errors.ts";
import { createGraph } from "../onnx/graph.ts";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";
import { weightsAt } from "../onnx/weights.ts";
import { layOutParameters } from "./flat-parameters.ts";
import {
  fromWeights,
  initialState,
  stateFromWeights,
  stateToWeights,
  toWeights,
} from "./training-state.ts";

function layoutOf() {
  const graph = createGraph();
  const root = weightsAt(graph);
  root.get("a.weight", [50, 40], { std: 0.5 });
  root.get("a.bias", [3], { fill: -2 });
  root.get("b.weight", [2, 3], { std: 1 });
  return layOutParameters(graph, () => true);
}

const layout = layoutOf();

function errorOf(read: () => unknown): Pick<ModelError, "code" | "at"> {
  try {
    read();
  } catch (error) {
    if (error instanceof ModelError) return { code: error.code, at: error.at };
    throw error;
  }
  throw new Error("the weights were read");
}

const changed = (weights: WeightMap, path: string, tensor: Partial<StoredTensor>): WeightMap => {
  const before = weights.get(path);
  if (before === undefined) throw new RangeError(path);
  return new Map([...weights, [path, { ...before, ...tensor }]]);
};

const without = (weights: WeightMap, path: string): WeightMap =>
  new Map([...weights].filter(([name]) => name !== path));

describe("initialState", () => {
  test("fills or draws each weight as it was declared", () => {
    const { parameters, first, second, average, step } = initialState(layout, 1);
    const drawn = parameters.subarray(0, 2000);
    const square = drawn.reduce((sum, value) => sum + value ** 2, 0) / 2000;
    // Variance 1/4, known to 3 % by 2000 draws; five deviations.
    expect(Math.abs(square - 0.25)).toBeLessThan(0.04);
    expect([...parameters.subarray(2000, 2003)]).toEqual([-2, -2, -2]);
    expect(average).toEqual(parameters);
    expect([...first, ...second].every((value) => value === 0)).toBe(true);
    expect(step).toBe(0);
  });

  test("repeats by seed, and draws each weight for itself", () => {
    expect(initialState(layout, 1)).toEqual(initialState(layout, 1));
    const [one, other] = [initialState(layout, 1), initialState(layout, 2)];
    expect(one.parameters).not.toEqual(other.parameters);
    expect(one.parameters.subarray(0, 6)).not.toEqual(one.parameters.subarray(2003));
  });
});

describe("a stored state", () => {
  const state = { ...initialState(layout, 3), step: 12_345 };
  const weights = stateToWeights(layout, state);

  test("comes back as it was", () => {
    expect(stateFromWeights(layout, weights)).toEqual(state);
  });

  test("does not follow the vectors it was taken from", () => {
    const own = initialState(layout, 4);
    const stored = stateToWeights(layout, own);
    own.parameters.fill(0);
    expect(stateFromWeights(layout, stored).parameters).toEqual(initialState(layout, 4).parameters);
  });

  test("names what is missing", () => {
    expect(errorOf(() => stateFromWeights(layout, new Map()))).toEqual({
      code: "weights.missing",
      at: "step",
    });
    const path = "second:b.weight";
    expect(errorOf(() => stateFromWeights(layout, without(weights, path)))).toEqual({
      code: "weights.missing",
      at: path,
    });
  });

  test("refuses a number that is infinite or none", () => {
    const path = "average:b.weight";
    const data = new Uint8Array(Float32Array.of(1, 2, 3, Number.NaN, 5, 6).buffer);
    expect(errorOf(() => stateFromWeights(layout, changed(weights, path, { data })))).toEqual({
      code: "weights.not-finite",
      at: path,
    });
  });

  test("refuses another shape, even of the same size", () => {
    const path = "first:b.weight";
    const turned = changed(weights, path, { shape: [3, 2] });
    expect(errorOf(() => stateFromWeights(layout, turned))).toEqual({
      code: "weights.shape",
      at: path,
    });
  });

  test("refuses another type", () => {
    const path = "average:b.weight";
    const half = changed(weights, path, { dtype: "float16", data: new Uint8Array(12) });
    expect(errorOf(() => stateFromWeights(layout, half))).toEqual({
      code: "weights.dtype",
      at: path,
    });
    const step = changed(weights, "step", { dtype: "float32", data: new Uint8Array(4) });
    expect(errorOf(() => stateFromWeights(layout, step))).toEqual({
      code: "weights.dtype",
      at: "step",
    });
  });
});

describe("toWeights", () => {
  test("cuts a vector into tensors by path, and back", () => {
    const { parameters } = initialState(layout, 5);
    const weights = new Map(toWeights(layout, parameters, "x:"));
    expect([...weights.keys()]).toEqual(["x:a.weight", "x:a.bias", "x:b.weight"]);
    expect(weights.get("x:b.weight")?.shape).toEqual([2, 3]);
    expect(fromWeights(layout, weights, "x:")).toEqual(parameters);
  });
});
