import { describe, expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { numbers, runTensor, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import { silu } from "./plain-maths.fixture.ts";
import { resnetBlock } from "./resnet-block.ts";

function block(channels: number, out: number, hasTime = true) {
  const graph = createGraph();
  const x = declareInput(graph, "x", ["N", channels, 2, 2]);
  const time = hasTime ? { time: declareInput(graph, "time", ["N", 3]) } : {};
  const y = resnetBlock(weightsAt(graph), x, { out, groups: 1, epsilon: 1e-5, ...time });
  return { y, keys: [...graph.weights.keys()], weights: trainedWeights(graph) };
}

/** A 3x3 kernel between two channels that passes its centre on. */
const through = (share: number): readonly number[] => [0, 0, 0, 0, share, 0, 0, 0, 0];

describe("resnetBlock", () => {
  test("has a shortcut exactly when the channels change", () => {
    expect(block(2, 2).keys.some((key) => key.startsWith("conv_shortcut"))).toBe(false);
    const { keys, y } = block(2, 4);
    expect(keys.filter((key) => key.startsWith("conv_shortcut"))).toEqual([
      "conv_shortcut.weight",
      "conv_shortcut.bias",
    ]);
    expect(y.graph.weights.get("conv_shortcut.weight")?.tensor.shape).toEqual([4, 2, 1, 1]);
  });

  test("shifts by the time features between the convolutions", async () => {
    const { y } = block(2, 2);
    // A flat picture is normalized to 0, so conv1 gives its bias; time then sets the channels to 1 and 5.
    const time = [0, 1, -1];
    const shift = silu(1) - silu(-1);
    const found = await runTensor(y, {
      x: [7, 7, 7, 7, 7, 7, 7, 7],
      time,
      "norm1.weight": [1, 1],
      "norm1.bias": [0, 0],
      "conv1.weight": numbers(36, 1),
      "conv1.bias": [1 - shift, 5 + shift],
      "time_emb_proj.weight": [0, 1, -1, 0, -1, 1],
      "time_emb_proj.bias": [0, 0],
      "norm2.weight": [1, 1],
      "norm2.bias": [0, 0],
      // The second output swaps the channels' signs, the first doubles its own.
      "conv2.weight": [...through(2), ...through(0), ...through(-1), ...through(0)],
      "conv2.bias": [0, 10],
    });
    // Mean 3 and deviation 2 of 1 and 5 give -1 and 1 (epsilon 1e-5 beside variance 4).
    const [low, high] = [7 + 2 * silu(-1), 7 - silu(-1) + 10];
    expect(found).toHaveLength(8);
    found.forEach((value, at) => {
      expect(value).toBeCloseTo(at < 4 ? low : high, 4);
    });
  });

  test("passes its input on when its second convolution is silent", async () => {
    const { y, weights } = block(2, 2);
    const silent = { "conv2.weight": Array(36).fill(0), "conv2.bias": [0, 0] };
    const x = numbers(16, 3);
    const found = await runTensor(y, { ...weights, x, time: numbers(6, 4), ...silent });
    // Input and output differ by the input's own rounding to single precision.
    found.forEach((value, at) => {
      expect(value).toBeCloseTo(x[at] ?? Number.NaN, 6);
    });
  });

  test("has no time projection without time", () => {
    expect(block(2, 2, false).keys.filter((key) => key.startsWith("time"))).toEqual([]);
  });
});
