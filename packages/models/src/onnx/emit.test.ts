import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSession } from "@insightgraph/engine/runtime";
import { afterAll, describe, expect, test } from "vitest";
import { ModelError } from "../errors.ts";
import { emitGraph } from "./emit.ts";
import { externalFolder } from "./external-folder.ts";
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
  const folder = externalFolder(weights);
  const onnx = emitGraph(graph, { y }, { weights, folder });
  const session = await openSession(onnx, { threads: 1, externalFolder: folder });
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

const root = realpathSync(mkdtempSync(join(tmpdir(), "emit-")));
afterAll(() => rmSync(root, { recursive: true }));

/** A tensor that lies in a file of its own, after some bytes that are not its. */
function inFile(tensor: StoredTensor, before: number): StoredTensor {
  const file = join(root, `${tensor.dtype}-${before}.bin`);
  writeFileSync(file, Buffer.concat([Buffer.alloc(before, 0xee), tensor.data, Buffer.of(1)]));
  return { ...tensor, span: { file, offset: before, length: tensor.data.byteLength } };
}

describe("emitGraph", () => {
  test("[N2] puts a checkpoint's tensors inside, and asks for no others", async () => {
    const weights = new Map([["scale.weight", single([10, 100])]]);
    expect(await scaledBy(weights)).toEqual([10, 200, 30, 400]);
  });

  test("[N2] reads half precision as it is stored", async () => {
    // 1.5 and -2 in half precision.
    const data = bytesOf(Uint16Array.of(0x3e00, 0xc000));
    const weights = new Map([["scale.weight", { dtype: "float16", shape: [2], data } as const]]);
    expect(await scaledBy(weights)).toEqual([1.5, -4, 4.5, -8]);
  });

  test.each<[StoredTensor["dtype"], ArrayBufferView]>([
    ["float64", Float64Array.of(1.5, -2)],
    ["float32", Float32Array.of(1.5, -2)],
    ["float16", Uint16Array.of(0x3e00, 0xc000)],
    ["bfloat16", Uint16Array.of(0x3fc0, 0xc000)],
    ["float8e4m3", Uint8Array.of(0x3c, 0xc0)],
    ["float8e5m2", Uint8Array.of(0x3e, 0xc0)],
  ])("[W5] leaves %s where it lies in its file, at any offset", async (dtype, { buffer }) => {
    const tensor: StoredTensor = { dtype, shape: [2], data: new Uint8Array(buffer) };
    expect(await scaledBy(new Map([["scale.weight", tensor]]))).toEqual([1.5, -4, 4.5, -8]);
    for (const before of [0, 7, 64]) {
      const weights = new Map([["scale.weight", inFile(tensor, before)]]);
      expect(await scaledBy(weights)).toEqual([1.5, -4, 4.5, -8]);
    }
  });

  test("does not grow with the weights that stay in files", () => {
    const graph = createGraph();
    const x = declareInput(graph, "x", ["N", 1000]);
    const y = mul(x, declareWeight(graph, "scale.weight", [1000], { fill: 1 }));
    const tensor = inFile({ dtype: "float32", shape: [1000], data: new Uint8Array(4000) }, 3);
    const weights = new Map([["scale.weight", tensor]]);
    expect(emitGraph(graph, { y }, { weights, folder: root }).byteLength).toBeLessThan(500);
    // A file outside the folder cannot be pointed at: its bytes go inside.
    const other = join(root, "other");
    expect(emitGraph(graph, { y }, { weights, folder: other }).byteLength).toBeGreaterThan(4000);
  });

  test("[W7] takes a 1x1 convolution's weight for a linear layer's, and no other of another shape", async () => {
    expect(
      await scaledBy(new Map([["scale.weight", { ...single([10, 100]), shape: [2, 1, 1] }]])),
    ).toEqual([10, 200, 30, 400]);
    expect(thrown(new Map([["scale.weight", { ...single([1, 1]), shape: [1, 2] }]])).code).toBe(
      "weights.shape",
    );
  });

  test("[W6] names at once everything that does not fit, and what the checkpoint has instead", () => {
    const graph = createGraph();
    const x = declareInput(graph, "x", ["N", 2]);
    const names = ["a", "b", "c"].map((name) => declareWeight(graph, name, [2], { fill: 1 }));
    const y = names.reduce((sum, weight) => mul(sum, weight), x);
    const weights = new Map<string, StoredTensor>([
      ["b", single([1, 2, 3])],
      ["c", { dtype: "int64", shape: [2], data: new Uint8Array(16) }],
      ["old.a", single([1, 2])],
    ]);
    expect(() => emitGraph(graph, { y }, { weights })).toThrow(
      expect.objectContaining({
        code: "weights.mismatch",
        what:
          "the checkpoint does not fit the network. Missing (1): a (expected [2]). " +
          "Of another shape (2): b (expected [2], found [3]), c (expected [2], found int64 [2]). " +
          "Not used (1): old.a (found [2]).",
      }),
    );
  });

  test("names the tensor that a checkpoint lacks, and the shape it should have", () => {
    const { code, at, hint } = thrown(new Map([["scale.bias", single([1, 1])]]));
    expect({ code, at }).toEqual({ code: "weights.missing", at: "scale.weight" });
    expect(hint).toContain("[2]");
  });

  test("names the tensor of another shape", () => {
    const { code, at, what } = thrown(new Map([["scale.weight", single([1, 1, 1])]]));
    expect({ code, at }).toEqual({ code: "weights.shape", at: "scale.weight" });
    expect(what).toBe("expected [2], found [3].");
  });

  test("[N2] leaves out what the outputs do not need", async () => {
    const { graph, y } = scaled();
    add(y, 1);
    const session = await openSession(emitGraph(graph, { y }), { threads: 1 });
    expect(session.inputs).toEqual(["x", "scale.weight"]);
    expect(session.outputs).toEqual(["y"]);
    await session.close();
  });

  test("keeps statistics of a norm in their places when some are not read", async () => {
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
