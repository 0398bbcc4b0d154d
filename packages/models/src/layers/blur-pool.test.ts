import { expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { runTensor } from "../onnx/run-graph.fixture.ts";
import { blurPool } from "./blur-pool.ts";

// Sixteenths of whole numbers are exact: no tolerance.
test("blurs by 1 2 1 along both axes over mirrored pixels, and keeps every second", async () => {
  const x = declareInput(createGraph(), "x", ["N", 1, 3, 4]);
  const y = blurPool(x);
  expect(y.shape).toEqual(["N", 1, 3, 3]);
  const rows = [
    [16, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 32],
  ];
  // Windows of rows: 2 1 0, 0 1 2, 2 1 0; of columns: 2 1 0, 0 1 2, 2 3 2.
  const found = await runTensor(y, { x: rows.flat() });
  expect(found).toEqual([1, 1, 4, 1, 1, 4, 1, 1, 4]);
});
