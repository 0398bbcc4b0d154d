import { expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { numbers, runTensor, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import { pixelAttention } from "./pixel-attention.ts";

const [channels, height, width] = [4, 2, 3];

function block() {
  const graph = createGraph();
  const x = declareInput(graph, "x", ["N", channels, height, width]);
  const y = pixelAttention(weightsAt(graph, "a"), x, { groups: 2, epsilon: 1e-6 });
  return { y, weights: trainedWeights(graph) };
}

test("has diffusers' names, every projection with a bias", () => {
  const names = [...block().y.graph.weights.keys()];
  expect(names).toEqual(
    ["group_norm", "to_q", "to_k", "to_v", "to_out.0"].flatMap((name) => [
      `a.${name}.weight`,
      `a.${name}.bias`,
    ]),
  );
});

test("adds the mean of the values where every pixel asks for all alike", async () => {
  const { y, weights } = block();
  const x = numbers(channels * height * width, 3);
  const alike = { "a.to_q.weight": Array(16).fill(0), "a.to_q.bias": Array(4).fill(0) };
  const found = await runTensor(y, { ...weights, ...alike, x });
  const shift = found.map((value, at) => value - (x[at] ?? Number.NaN));
  // Each channel is shifted by one number, whatever the pixel.
  for (let channel = 0; channel < channels; channel++) {
    const row = shift.slice(channel * height * width, (channel + 1) * height * width);
    expect(Math.max(...row) - Math.min(...row)).toBeLessThan(1e-5);
    expect(Math.abs(row[0] ?? 0)).toBeGreaterThan(1e-3);
  }
});
