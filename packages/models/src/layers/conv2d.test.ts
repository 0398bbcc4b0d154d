import { describe, expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { runTensor } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import { conv2d } from "./conv2d.ts";

// Small whole numbers are exact in single precision: no tolerance.
const picture = [1, 2, 3, 4, 5, 6, 7, 8, 9];

describe("conv2d", () => {
  test("adds up the neighbours and the bias", async () => {
    const graph = createGraph();
    const x = declareInput(graph, "x", ["N", 1, 3, 3]);
    const y = conv2d(weightsAt(graph, "conv"), x, { out: 1, kernel: 3, padding: 1 });
    expect(y.shape).toEqual(["N", 1, 3, 3]);
    const values = { x: picture, "conv.weight": Array(9).fill(1), "conv.bias": [100] };
    expect(await runTensor(y, values)).toEqual([112, 121, 116, 127, 145, 133, 124, 139, 128]);
  });

  test("does not turn the kernel round", async () => {
    const graph = createGraph();
    const x = declareInput(graph, "x", ["N", 1, 3, 3]);
    const y = conv2d(weightsAt(graph, "conv"), x, { out: 1, kernel: 2, bias: false });
    // Upper left neighbour times 1, lower right times 10.
    const values = { x: picture, "conv.weight": [1, 0, 0, 10] };
    expect(await runTensor(y, values)).toEqual([51, 62, 84, 95]);
    expect([...graph.weights.keys()]).toEqual(["conv.weight"]);
  });

  test("mixes channels and steps by its stride", async () => {
    const graph = createGraph();
    const x = declareInput(graph, "x", ["N", 2, 3, 3]);
    const y = conv2d(weightsAt(graph, "conv"), x, { out: 2, kernel: 1, stride: 2 });
    expect(y.shape).toEqual(["N", 2, 2, 2]);
    const values = {
      x: [...picture, ...picture.map((value) => 10 * value)],
      "conv.weight": [1, 1, 0, 2],
      "conv.bias": [0, 1],
    };
    expect(await runTensor(y, values)).toEqual([11, 33, 77, 99, 21, 61, 141, 181]);
  });

  test("pads each side by its own number", async () => {
    const graph = createGraph();
    const x = declareInput(graph, "x", ["N", 1, 3, 3]);
    const sides = { padding: [0, 0, 1, 1] as const, stride: 2, bias: false };
    const y = conv2d(weightsAt(graph, "conv"), x, { out: 1, kernel: 3, ...sides });
    expect(y.shape).toEqual(["N", 1, 1, 1]);
    const wide = conv2d(weightsAt(graph, "conv"), x, { ...sides, out: 1, kernel: 3, stride: 1 });
    expect(wide.shape).toEqual(["N", 1, 2, 2]);
    const values = { x: picture, "conv.weight": Array(9).fill(1) };
    expect(await runTensor(wide, values)).toEqual([45, 33, 39, 28]);
  });

  test("begins with unit variance and no bias unless told otherwise", () => {
    const graph = createGraph();
    const x = declareInput(graph, "x", ["N", 4, 8, 8]);
    conv2d(weightsAt(graph, "usual"), x, { out: 3, kernel: 3 });
    conv2d(weightsAt(graph, "zero"), x, { out: 3, kernel: 3, init: { fill: 0 } });
    expect(graph.weights.get("usual.weight")?.init).toEqual({ std: 1 / 6 });
    expect(graph.weights.get("usual.bias")?.init).toEqual({ fill: 0 });
    expect(graph.weights.get("zero.weight")?.init).toEqual({ fill: 0 });
  });
});
