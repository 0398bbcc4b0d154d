import { expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { runTensor } from "../onnx/run-graph.fixture.ts";
import { plainNorm } from "./plain-norm.ts";

test("gives zero mean and unit variance", async () => {
  const x = declareInput(createGraph(), "x", ["N", 4]);
  const found = await runTensor(plainNorm(x, 0), { x: [1, 3, 5, 7] });
  const step = 1 / Math.sqrt(5);
  [-3, -1, 1, 3].forEach((value, at) => {
    expect(found[at]).toBeCloseTo(value * step, 5);
  });
});
