import { expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { runTensor } from "../onnx/run-graph.fixture.ts";
import { repeatRows } from "./repeat-rows.ts";

// Numbers are only copied: no tolerance.
test.each(["N", 2])(
  "repeats what is learnt for a batch of %s, whatever it holds",
  async (batch) => {
    const graph = createGraph();
    const learnt = declareInput(graph, "learnt", [1, 1, 2]);
    const like = declareInput(graph, "like", [batch, 3]);
    const y = repeatRows(learnt, like);
    expect(y.shape).toEqual([batch, 1, 2]);
    const values = { learnt: [4, 5], like: [0, 1, Number.POSITIVE_INFINITY, 0, 0, 0] };
    expect(await runTensor(y, batch === 2 ? { learnt: [4, 5] } : values)).toEqual([4, 5, 4, 5]);
  },
);
