import { describe, expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { runTensor } from "../onnx/run-graph.fixture.ts";
import { flattenPixels, gridOfTokens } from "./flatten-pixels.ts";

// Numbers are only moved: no tolerance.
describe("flattenPixels", () => {
  test("goes along rows and puts a pixel's channels side by side", async () => {
    const x = declareInput(createGraph(), "x", ["N", 2, 2, 3]);
    const y = flattenPixels(x);
    expect(y.shape).toEqual(["N", 6, 2]);
    const values = { x: [1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60] };
    expect(await runTensor(y, values)).toEqual([1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60]);
  });
});

describe("gridOfTokens", () => {
  test("undoes it on a grid that is not square", async () => {
    const x = declareInput(createGraph(), "x", ["N", 2, 2, 3]);
    const y = gridOfTokens(flattenPixels(x), 2, 3);
    expect(y.shape).toEqual(["N", 2, 2, 3]);
    const values = { x: Array.from({ length: 24 }, (_, at) => at) };
    expect(await runTensor(y, values)).toEqual(values.x);
  });
});
