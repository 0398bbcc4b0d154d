import { openSession } from "@insightgraph/engine/runtime";
import { expect, test } from "vitest";
import { toMessage } from "./emit.ts";
import { createGraph, declareInput } from "./graph.ts";
import { add, mul } from "./ops/elementwise.ts";
import { repeatModel } from "./repeat-model.ts";
import { encodeModel } from "./wire.ts";

/** sum' = sum scale + x, shown twofold. */
function model() {
  const graph = createGraph();
  const [sum, scale] = [declareInput(graph, "sum", [2]), declareInput(graph, "scale", [1])];
  const next = add(mul(sum, scale), declareInput(graph, "x", [2]));
  return toMessage(graph, { "sum.next": next, twofold: mul(next, 2) });
}

const floats = (shape: readonly number[], ...data: number[]) => ({
  dtype: "float32" as const,
  shape,
  data: Float32Array.from(data),
});

test("carries a value from turn to turn, over stacked inputs", async () => {
  const carried = { sum: "sum.next" };
  const session = await openSession(
    encodeModel(repeatModel(model(), { carried, shared: ["scale"] })),
  );
  const turnsOf = async (count: number) =>
    session.run({
      turns: { dtype: "int64", shape: [], data: BigInt64Array.of(BigInt(count)) },
      sum: floats([2], 1, 2),
      scale: floats([1], 10),
      x: floats([3, 2], 3, 4, 5, 6, 7, 8),
    });
  const three = await turnsOf(3);
  expect([...(three["sum.next"]?.data ?? [])]).toEqual([1357, 2468]);
  expect(three["twofold"]?.shape).toEqual([3, 2]);
  expect([...(three["twofold"]?.data ?? [])]).toEqual([26, 48, 270, 492, 2714, 4936]);
  // Fewer turns than slices leave the rest unread.
  expect([...((await turnsOf(1))["sum.next"]?.data ?? [])]).toEqual([13, 24]);
  await session.close();
});

test("names what is not there", () => {
  const repeat = () => repeatModel(model(), { carried: { sum: "total" }, shared: [] });
  expect(repeat).toThrow("the model has no total");
});
