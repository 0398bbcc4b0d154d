import { expect, test } from "vitest";
import { attend } from "../../../../packages/models/src/layers/attend.ts";
import { conv2d } from "../../../../packages/models/src/layers/conv2d.ts";
import { linear } from "../../../../packages/models/src/layers/linear.ts";
import { createGraph, declareInput } from "../../../../packages/models/src/onnx/graph.ts";
import { weightsAt } from "../../../../packages/models/src/onnx/weights.ts";
import { countFlops } from "./count-flops.ts";

test("a convolution: twice its kernel for each number it gives", () => {
  const graph = createGraph();
  const x = declareInput(graph, "x", ["N", 3, 8, 8]);
  conv2d(weightsAt(graph), x, { out: 5, kernel: 3, stride: 2, padding: 1 });
  expect(countFlops(graph, { N: 2 })).toBe(2 * (3 * 3 * 3) * (2 * 5 * 4 * 4));
});

test("a linear layer over rows of a named number", () => {
  const graph = createGraph();
  const x = declareInput(graph, "x", ["N", 7, 16]);
  linear(weightsAt(graph), x, { out: 4 });
  expect(countFlops(graph, { N: 3 })).toBe(2 * 16 * (3 * 7 * 4));
});

test("attention: scores and mixing", () => {
  const graph = createGraph();
  const query = declareInput(graph, "query", ["N", 6, 8]);
  const memory = declareInput(graph, "memory", ["N", 5, 8]);
  attend(query, memory, memory, 2);
  expect(countFlops(graph, { N: 1 })).toBe(2 * (2 * 6 * 5 * 8));
});

test("an axis without a size is refused", () => {
  const graph = createGraph();
  linear(weightsAt(graph), declareInput(graph, "x", ["N", 7, 16]), { out: 4 });
  expect(() => countFlops(graph, {})).toThrow("N");
});
