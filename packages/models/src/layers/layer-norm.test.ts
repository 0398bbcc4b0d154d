import { describe, expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { runTensor } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import { layerNorm } from "./layer-norm.ts";

describe("layerNorm", () => {
  test("normalizes each row, then scales and shifts each feature", async () => {
    const graph = createGraph();
    const x = declareInput(graph, "x", ["N", 2, 2]);
    // Epsilon 3 beside variance 1: divided by 2.
    const y = layerNorm(weightsAt(graph, "norm"), x, 3);
    const found = await runTensor(y, {
      x: [1, 3, 12, 10],
      "norm.weight": [1, 10],
      "norm.bias": [0, 100],
    });
    // Exact but for one square root in single precision.
    [-0.5, 105, 0.5, 95].forEach((value, at) => {
      expect(found[at]).toBeCloseTo(value, 4);
    });
  });

  test("is 1e-5 from zero variance unless told otherwise", () => {
    const graph = createGraph();
    layerNorm(weightsAt(graph, "norm"), declareInput(graph, "x", ["N", 2]));
    expect(graph.nodes[0]?.attributes["epsilon"]).toEqual({ float: 1e-5 });
  });
});
