import { expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { openGraph } from "../onnx/run-graph.fixture.ts";
import { learningRate } from "./learning-rate.ts";

test("rises, stays and falls to nothing", async () => {
  const graph = createGraph();
  const schedule = { steps: 60, rate: 0.1, warmUp: 4, coolDown: 20 };
  const rate = learningRate(declareInput(graph, "step", [1]), schedule);
  const opened = await openGraph(graph, { rate });
  const found: Record<number, number> = {};
  for (const step of [0, 1, 3, 4, 39, 40, 50, 59, 60, 61]) {
    const { rate: [at = Number.NaN] = [] } = await opened.run({ step: [step] });
    found[step] = Number(at.toFixed(6));
  }
  await opened.close();
  const rising = { 0: 0.025, 1: 0.05, 3: 0.1, 4: 0.1 };
  expect(found).toEqual({ ...rising, 39: 0.1, 40: 0.1, 50: 0.05, 59: 0.005, 60: 0, 61: 0 });
});
