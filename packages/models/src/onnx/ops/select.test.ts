import { describe, expect, test } from "vitest";
import { constant, createGraph, declareInput, scalar } from "../graph.ts";
import { runGraph } from "../run-graph.fixture.ts";
import { expand } from "./arrange.ts";
import {
  aboveDiagonal,
  cast,
  countUpTo,
  equal,
  firstTrue,
  gatherRows,
  greaterOrEqual,
  greatest,
  placesFrom,
  shiftWithin,
  where,
} from "./select.ts";

const graphWithIds = () => {
  const graph = createGraph();
  return { graph, ids: declareInput(graph, "ids", ["N", 4], "int64") };
};

// Whole numbers are exact: no tolerance.
describe("selection by whole numbers", () => {
  test("finds, counts and bounds", async () => {
    const { graph, ids } = graphWithIds();
    const outputs = {
      first: firstTrue(equal(ids, 7)),
      counts: countUpTo(greaterOrEqual(ids, 5)),
      most: greatest(ids),
      within: shiftWithin(ids, -5, { low: 0, high: 1 }),
      plain: shiftWithin(ids, 0, { low: 2, high: 6 }),
    };
    const found = await runGraph(graph, outputs, { ids: [1, 7, 5, 7, 9, 0, 0, 2] });
    // The second row has no 7: its last place is named.
    expect(found["first"]).toEqual([1, 3]);
    expect(found["counts"]).toEqual([0, 1, 2, 3, 1, 1, 1, 1]);
    expect(found["most"]).toEqual([7, 9]);
    expect(found["within"]).toEqual([0, 1, 0, 1, 1, 0, 0, 0]);
    expect(found["plain"]).toEqual([2, 6, 5, 6, 6, 2, 2, 2]);
  });

  test("takes rows of each batch row's own table", async () => {
    const { graph, ids } = graphWithIds();
    const table = declareInput(graph, "table", ["N", 4, 2]);
    const rows = gatherRows(table, placesFrom(firstTrue(equal(ids, 7)), 2));
    expect(rows.shape).toEqual(["N", 2, 2]);
    const values = {
      ids: [0, 7, 0, 0, 7, 0, 0, 0],
      table: Array.from({ length: 16 }, (_, at) => at),
    };
    const { rows: found } = await runGraph(graph, { rows }, values);
    expect(found).toEqual([2, 3, 4, 5, 8, 9, 10, 11]);
  });

  test("chooses between two tensors", async () => {
    const { graph, ids } = graphWithIds();
    const y = where(equal(ids, 1), scalar(graph, 10), cast(ids, "float32"));
    expect(y.shape).toEqual(["N", 4]);
    const { y: found } = await runGraph(graph, { y }, { ids: [1, 2, 3, 1] });
    expect(found).toEqual([10, 2, 3, 10]);
  });

  test("keeps what lies above the diagonal", async () => {
    const graph = createGraph();
    const x = declareInput(graph, "x", [1, 1]);
    const y = aboveDiagonal(expand(x, [3, 3]));
    const { y: found } = await runGraph(graph, { y }, { x: [5] });
    expect(found).toEqual([0, 5, 5, 0, 0, 5, 0, 0, 0]);
  });

  test("refuses a table of another batch", () => {
    const { graph, ids } = graphWithIds();
    const table = constant(graph, [1, 2], [1, 1, 2]);
    expect(() => gatherRows(table, ids)).toThrow(/onnx.shape/);
  });
});
