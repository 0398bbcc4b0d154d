import { describe, expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { numbers, runTensor, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import { llama } from "./llama.ts";

const [length, width] = [3, 8];

function model(keyHeads: number) {
  const graph = createGraph();
  const x = declareInput(graph, "x", ["N", length, width]);
  const y = llama(weightsAt(graph, "model"), x, { heads: 4, keyHeads, hidden: 6, layers: 2 });
  return { graph, y, values: { x: numbers(length * width, 1), ...trainedWeights(graph) } };
}

describe("llama", () => {
  test("shares a key head among a group of query heads", async () => {
    const grouped = model(2);
    const full = model(4);
    // The same heads written out: each of the two once for every member of its group.
    const repeat = (rows: ArrayLike<number>): number[] => {
      const head = (at: number): number[] =>
        Array.from(rows).slice(at * 2 * width, (at + 1) * 2 * width);
      return [head(0), head(0), head(1), head(1)].flat();
    };
    const weights = Object.entries(grouped.values).map(([path, values]) => [
      path,
      /[kv]_proj/.test(path) ? repeat(values) : values,
    ]);
    const found = await runTensor(grouped.y, grouped.values);
    const wanted = await runTensor(full.y, Object.fromEntries(weights));
    // The same sums in single precision.
    found.forEach((value, at) => {
      expect(value).toBeCloseTo(wanted[at] ?? Number.NaN, 5);
    });
  });

  test("keeps its positions once for all layers", () => {
    const tables = [...model(4).graph.constants.values()].filter(
      ({ tensor }) => tensor.shape.join() === `${length},2`,
    );
    expect(tables).toHaveLength(2);
  });
});
