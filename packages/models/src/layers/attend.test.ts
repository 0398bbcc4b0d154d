import { describe, expect, test } from "vitest";
import { constant, createGraph, declareInput } from "../onnx/graph.ts";
import { runTensor } from "../onnx/run-graph.fixture.ts";
import { attend, attendHeads, splitHeads } from "./attend.ts";

// Single precision and its approximate exp: about 1e-6 on numbers up to 10.
const digits = 5;

const close = (found: readonly number[], wanted: readonly number[]): void => {
  expect(found).toHaveLength(wanted.length);
  wanted.forEach((value, at) => {
    expect(found[at]).toBeCloseTo(value, digits);
  });
};

describe("splitHeads", () => {
  test("gives each head its own run of features", async () => {
    const x = declareInput(createGraph(), "x", ["N", 2, 4]);
    const y = splitHeads(x, 2);
    expect(y.shape).toEqual(["N", 2, 2, 2]);
    // Rows 1 2 3 4 and 5 6 7 8: the first head has 1 2 and 5 6.
    close(await runTensor(y, { x: [1, 2, 3, 4, 5, 6, 7, 8] }), [1, 2, 5, 6, 3, 4, 7, 8]);
  });
});

describe("attendHeads", () => {
  test("weighs values by softmax of the scaled products", async () => {
    const graph = createGraph();
    const query = declareInput(graph, "query", [1, 1, 1, 4]);
    const key = declareInput(graph, "key", [1, 1, 2, 4]);
    const value = declareInput(graph, "value", [1, 1, 2, 4]);
    // Products 0 and 2 ln 3, over sqrt(4): 0 and ln 3, so shares 1/4 and 3/4.
    const found = await runTensor(attendHeads(query, key, value), {
      query: [2, 0, 0, 0],
      key: [0, 5, 5, 5, Math.log(3), -5, -5, -5],
      value: [4, 0, 0, 1, 8, 4, 0, 1],
    });
    close(found, [7, 3, 0, 1]);
  });

  test("reads nothing where the mask is very negative", async () => {
    const graph = createGraph();
    const [query, key] = ["query", "key"].map((name) => declareInput(graph, name, [1, 1, 2, 1]));
    const value = declareInput(graph, "value", [1, 1, 2, 1]);
    if (query === undefined || key === undefined) throw new RangeError();
    const mask = constant(graph, [0, -1e9, 0, 0], [2, 2]);
    const feeds = { query: [0, 0], key: [9, -9], value: [10, 20] };
    close(await runTensor(attendHeads(query, key, value, mask), feeds), [10, 15]);
  });
});

describe("attend", () => {
  test("lets every head look elsewhere and joins them in order", async () => {
    const graph = createGraph();
    const query = declareInput(graph, "query", ["N", 1, 2]);
    const key = declareInput(graph, "key", ["N", 2, 2]);
    const value = declareInput(graph, "value", ["N", 2, 2]);
    const y = attend(query, key, value, 2);
    expect(y.shape).toEqual(["N", 1, 2]);
    // Heads of width 1: the first is drawn wholly to the first key, the second wholly to the second.
    const found = await runTensor(y, { query: [1, 1], key: [50, 0, 0, 50], value: [1, 2, 3, 4] });
    close(found, [1, 4]);
  });

  test("keeps the rows of a batch apart", async () => {
    const graph = createGraph();
    const query = declareInput(graph, "query", ["N", 1, 2]);
    const value = declareInput(graph, "value", ["N", 1, 2]);
    // One key only: its share is 1 whatever the query.
    const found = await runTensor(attend(query, value, value, 1), {
      query: [1, 2, 3, 4],
      value: [5, 6, 7, 8],
    });
    close(found, [5, 6, 7, 8]);
  });
});
