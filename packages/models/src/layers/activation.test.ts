import { expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { runGraph } from "../onnx/run-graph.fixture.ts";
import { activate, activationNames } from "./activation.ts";

test("knows each name", async () => {
  const graph = createGraph();
  const x = declareInput(graph, "x", [2]);
  const all = Object.fromEntries(activationNames.map((name) => [name, activate(name, x)]));
  const found = await runGraph(graph, all, { x: [1, -1] });
  const sigmoid = 1 / (1 + Math.exp(-1));
  // Phi(1) from a table of the normal distribution.
  const phi = 0.8413447;
  const wanted = {
    silu: [sigmoid, sigmoid - 1],
    swish: [sigmoid, sigmoid - 1],
    gelu: [phi, phi - 1],
    relu: [1, 0],
  };
  for (const [name, values] of Object.entries(wanted)) {
    values.forEach((value, at) => {
      expect(found[name]?.[at]).toBeCloseTo(value, 6);
    });
  }
});
