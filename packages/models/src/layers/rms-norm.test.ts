import { expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { runTensor } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import { rmsNorm } from "./rms-norm.ts";

test("divides each row by the root of its mean square and epsilon, keeping its mean", async () => {
  const graph = createGraph();
  const x = declareInput(graph, "x", ["N", 2, 2]);
  // Mean squares 12.5 and 37.5; with epsilon 12.5 the roots are 5 and sqrt(50).
  const y = rmsNorm(weightsAt(graph, "norm"), x, 12.5);
  expect(y.shape).toEqual(["N", 2, 2]);
  const found = await runTensor(y, { x: [3, 4, 5, Math.sqrt(50)], "norm.weight": [1, 10] });
  // A square root and a division in single precision: 1e-6 of 10.
  [0.6, 8, 1 / Math.SQRT2, 10].forEach((value, at) => {
    expect(found[at]).toBeCloseTo(value, 5);
  });
});
