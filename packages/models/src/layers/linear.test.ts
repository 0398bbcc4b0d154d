import { describe, expect, test } from "vitest";
import { ModelError } from "../errors.ts";
import { createGraph, declareInput, type Shape } from "../onnx/graph.ts";
import { runTensor } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import { linear } from "./linear.ts";

// Small whole numbers are exact in single precision: no tolerance.
const weights = { "to.weight": [1, 2, 3, 4, 5, 6], "to.bias": [10, 20, 30] };

describe("linear", () => {
  const leads: readonly Shape[] = [[2], ["N"], ["N", 2], [1, 2], ["N", 1, 2]];

  test.each(leads.map((lead) => ({ lead })))(
    "works on the last axis after $lead",
    async ({ lead }) => {
      const graph = createGraph();
      const x = declareInput(graph, "x", [...lead, 2]);
      const y = linear(weightsAt(graph, "to"), x, { out: 3 });
      expect(y.shape).toEqual([...lead, 3]);
      // Rows of the weight are outputs: 1 + 2 + 10, 3 + 4 + 20, 5 + 6 + 30.
      const found = await runTensor(y, { x: [1, 1, 0, 2], ...weights });
      expect(found).toEqual([13, 27, 41, 14, 28, 42]);
    },
  );

  test("has no bias when told so", async () => {
    const graph = createGraph();
    const x = declareInput(graph, "x", ["N", 1, 2]);
    const y = linear(weightsAt(graph, "to"), x, { out: 3, bias: false });
    expect(await runTensor(y, { x: [1, 1], ...weights })).toEqual([3, 7, 11]);
    expect([...graph.weights.keys()]).toEqual(["to.weight"]);
  });

  test("begins with unit variance and no bias", () => {
    const graph = createGraph();
    linear(weightsAt(graph, "to"), declareInput(graph, "x", ["N", 16]), { out: 3 });
    expect(graph.weights.get("to.weight")?.init).toEqual({ std: 0.25 });
    expect(graph.weights.get("to.bias")?.init).toEqual({ fill: 0 });
  });

  test("needs a known width", () => {
    const x = declareInput(createGraph(), "x", [2, "D"]);
    expect(() => linear(weightsAt(x.graph, "to"), x, { out: 3 })).toThrow(ModelError);
  });
});
