import { expect, test } from "vitest";
import { createGraph } from "../onnx/graph.ts";
import { runTensor } from "../onnx/run-graph.fixture.ts";
import { causalMask } from "./causal-mask.ts";

test("hides what comes later", async () => {
  const mask = causalMask(createGraph(), 3);
  expect(mask.shape).toEqual([3, 3]);
  const found = await runTensor(mask, {});
  expect(found.map((value) => value < -1e4)).toEqual(
    [0, 1, 1, 0, 0, 1, 0, 0, 0].map((hidden) => hidden === 1),
  );
  expect(found.filter((value) => value >= -1e4)).toEqual([0, 0, 0, 0, 0, 0]);
});
