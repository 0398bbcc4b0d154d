import { openSession } from "@insightgraph/engine/runtime";
import { describe, expect, it } from "vitest";
import { ModelError } from "../errors.ts";
import { emitGraph } from "./emit.ts";
import { createGraph, declareInput, declareWeight } from "./graph.ts";
import { add, mul } from "./ops/elementwise.ts";
import { layerNormalization } from "./ops/normalize.ts";
import { runGraph } from "./run-graph.fixture.ts";
import type { StoredTensor, WeightMap } from "./stored-tensor.ts";

const bytesOf = (values: Float32Array | Uint16Array): Uint8Array => new Uint8Array(values.buffer);

const single = (values: readonly number[]): StoredTensor => ({
  dtype: "float32",
  shape: [values.length],
  data: bytesOf(Float32Array.from(values)),
});

function scaled() {
  const graph = createGraph();
  const x = declareInput(graph, "x", ["N", 2]);
  const scale = declareWeight(graph, "scale.weight", [2], { fill: 1 });
  declareWeight(graph, "unused.weight", [9], { fill: 1 });
  return { graph, y: mul(x, scale) };
}

async function scaledBy(weights: WeightMap): Promise<number[]> {
  const { graph, y } = scaled();
  const session = await openSession(emitGraph(graph, { y }, { weights }), { threads: 1 });
  expect(session.inputs).toEqual(["x"]);
  const x = { dtype: "float32", shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) } as const;
  const { y: found } = await session.run({ x });
  await session.close();
  return Array.from(found?.data ?? [], Number);
}

function thrown(weights: WeightMap): ModelError {
  const { graph, y } = scaled();
  try {
    emitGraph(graph, { y }, { weights });
  } catch (error) {
    if (error instanceof ModelError) return error;
  }
  throw new Error("nothing was thrown");
}

describe("emitGraph", () => {
  it("puts a checkpoint's tensors inside, and asks for no others", async () => {
    const weights = new Map([["scale.weight", single([10, 100])]]);
    expect(await scaledBy(weights)).toEqual([10, 200, 30, 400]);
  });

  it("reads half precision as it is stored", async () => {
    // 1.5 and -2 in half precision.
    const data = bytesOf(Uint16Array.of(0x3e00, 0xc000));
    const weights = new Map([["scale.weight", { dtype: "float16", shape: [2], data } as const]]);
    expect(await scaledBy(weights)).toEqual([1.5, -4, 4.5, -8]);
  });

  it("names the tensor that a checkpoint lacks, and the shape it should have", () => {
    const { code, at, hint } = thrown(new Map([["scale.bias", single([1, 1])]]));
    expect({ code, at }).toEqual({ code: "weights.missing", at: "scale.weight" });
    expect(hint).toContain("[2]");
  });

  it("names the tensor of another shape", () => {
    const { code, at, what } = thrown(new Map([["scale.weight", single([1, 1, 1])]]));
    expect({ code, at }).toEqual({ code: "weights.shape", at: "scale.weight" });
    expect(what).toBe("expected [2], found [3].");
  });

  it("leaves out what the outputs do not need", async () => {
    const { graph, y } = scaled();
    add(y, 1);
    const session = await openSession(emitGraph(graph, { y }), { threads: 1 });
    expect(session.inputs).toEqual(["x", "scale.weight"]);
    expect(session.outputs).toEqual(["y"]);
    await session.close();
  });

  it("keeps statistics of a norm in their places when some are not read", async () => {
    const graph = createGraph();
    const x = declareInput(graph, "x", [1, 2]);
    const [scale, bias] = [declareInput(graph, "scale", [2]), declareInput(graph, "bias", [2])];
    layerNormalization(x, scale, bias, 3);
    const outputs = graph.nodes[0]?.outputs ?? [];
    const values = { x: [1, 3], scale: [1, 1], bias: [0, 0] };
    for (const [at, wanted] of [[-0.5, 0.5], [2], [0.5]].entries()) {
      const output = outputs[at];
      if (output === undefined) throw new RangeError();
      const { y = [] } = await runGraph(graph, { y: output }, values);
      expect(y).toHaveLength(wanted.length);
      wanted.forEach((value, i) => {
        // One square root in single precision.
        expect(y[i]).toBeCloseTo(value, 6);
      });
    }
  });
});
