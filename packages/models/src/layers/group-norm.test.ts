import { describe, expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { runTensor } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import { groupNorm } from "./group-norm.ts";

// A square root in single precision: about 1e-7 of numbers around 100.
const digits = 4;

async function normed(groups: number, epsilon: number): Promise<readonly number[]> {
  const graph = createGraph();
  const x = declareInput(graph, "x", ["N", 2, 1, 2]);
  const y = groupNorm(weightsAt(graph, "norm"), x, { groups, epsilon });
  expect(y.shape).toEqual(["N", 2, 1, 2]);
  return runTensor(y, { x: [1, 3, 5, 9], "norm.weight": [1, 10], "norm.bias": [0, 100] });
}

const close = (found: readonly number[], wanted: readonly number[]): void => {
  expect(found).toHaveLength(wanted.length);
  wanted.forEach((value, at) => {
    expect(found[at]).toBeCloseTo(value, digits);
  });
};

describe("groupNorm", () => {
  test("takes mean and variance over a group, scale and shift per channel", async () => {
    // Group 1: mean 2, variance 1; group 2: mean 7, variance 4; epsilon 0 would be exact.
    close(await normed(2, 1e-12), [-1, 1, 90, 110]);
  });

  test("takes them over all channels of a group", async () => {
    // Mean 4.5, variance 8.75.
    const deviation = Math.sqrt(8.75);
    const wanted = [-3.5, -1.5, 5, 45].map((value) => value / deviation);
    close(await normed(1, 1e-12), [
      wanted[0] ?? 0,
      wanted[1] ?? 0,
      100 + (wanted[2] ?? 0),
      100 + (wanted[3] ?? 0),
    ]);
  });

  test("adds epsilon to the variance", async () => {
    // Variances 1 + 12 and 4 + 12.
    close(await normed(2, 12), [-1 / Math.sqrt(13), 1 / Math.sqrt(13), 95, 105]);
  });

  test("is 1e-5 from zero variance unless told otherwise", () => {
    const graph = createGraph();
    groupNorm(weightsAt(graph, "norm"), declareInput(graph, "x", ["N", 2, 1, 2]), { groups: 1 });
    const node = graph.nodes.find(({ op }) => op === "InstanceNormalization");
    expect(node?.attributes["epsilon"]).toEqual({ float: 1e-5 });
  });
});
