import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openSession } from "@insightgraph/engine/runtime";
import { expect, test } from "vitest";
import { castInBlocks } from "./cast-in-blocks.ts";
import { toMessage } from "./emit.ts";
import { createGraph, declareInput, declareWeight } from "./graph.ts";
import { gather } from "./ops/arrange.ts";
import { gemm } from "./ops/matrix.ts";
import { numbers } from "./run-graph.fixture.ts";
import type { StoredTensor, WeightMap } from "./stored-tensor.ts";
import { encodeModel, type ModelMessage } from "./wire.ts";

const [words, width] = [7, 4];

function brain(shape: readonly number[], seed: number): StoredTensor {
  const count = shape.reduce((product, size) => product * size, 1);
  const bits = new Uint32Array(Float32Array.from(numbers(count, seed)).buffer);
  const data = new Uint8Array(Uint16Array.from(bits, (value) => value >>> 16).buffer);
  return { dtype: "bfloat16", shape, data };
}

/** Looks words up in a table and multiplies them by it, and by a matrix with a bias. */
function tied(): ModelMessage {
  const graph = createGraph();
  const ids = declareInput(graph, "ids", [3], "int64");
  const table = declareWeight(graph, "table", [words, width], { std: 1 });
  const matrix = declareWeight(graph, "matrix", [5, width], { std: 1 });
  const bias = declareWeight(graph, "bias", [5], { fill: 0 });
  const found = gather(table, ids);
  const outputs = {
    logits: gemm(found, table, undefined, { transB: true }),
    other: gemm(found, matrix, bias, { transB: true }),
  };
  const weights: WeightMap = new Map([
    ["table", brain([words, width], 1)],
    ["matrix", brain([5, width], 2)],
    ["bias", brain([5], 3)],
  ]);
  return toMessage(graph, outputs, { weights });
}

async function outputsOf(model: ModelMessage) {
  const session = await openSession(encodeModel(model), { threads: 1 });
  const ids = { dtype: "int64", shape: [3], data: BigInt64Array.of(2n, 0n, 6n) } as const;
  const { logits, other } = await session.run({ ids });
  await session.close();
  return { logits: logits?.data, other: other?.data };
}

test("gives what whole matrices give, whatever the size of a block", async () => {
  const plain = tied();
  const wanted = await outputsOf(plain);
  for (const size of [1, 2 * width, 3 * width, 100]) {
    expect(await outputsOf(castInBlocks(plain, size))).toEqual(wanted);
  }
});

test("never widens more than a block", () => {
  const { nodes, initializers } = castInBlocks(tied(), 2 * width);
  const stored = new Map(initializers.map(({ name, shape }) => [name, shape]));
  const widened = nodes
    .filter(({ op }) => op === "Cast")
    .map(({ inputs: [name = ""] }) => stored.get(name)?.reduce((n, size) => n * size, 1) ?? 0);
  expect(Math.max(...widened)).toBe(2 * width);
  // Four blocks of the table, three of the matrix, what was looked up, and the bias.
  expect(widened).toHaveLength(9);
});

/** x W^T three times over, each with a matrix of its own. */
function chained(): ModelMessage {
  const graph = createGraph();
  const names = ["first", "second", "third"];
  const y = names.reduce(
    (x, name) =>
      gemm(x, declareWeight(graph, name, [width, width], { std: 1 }), undefined, { transB: true }),
    declareInput(graph, "x", [1, width]),
  );
  const weights = names.map((name, at) => [name, brain([width, width], at)] as const);
  return toMessage(graph, { y }, { weights: new Map(weights) });
}

/** The operators of a run, in their order. */
async function operatorsRun(model: ModelMessage): Promise<readonly string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "blocks-"));
  const profilePrefix = path.join(folder, "run");
  const options = { externalFolder: folder, weightCopies: "none", profilePrefix } as const;
  const session = await openSession(encodeModel(model), options);
  await session.run({ x: { dtype: "float32", shape: [1, width], data: new Float32Array(width) } });
  await session.close();
  const [file = ""] = readdirSync(folder);
  const events: readonly { readonly name: string; readonly args: { readonly op_name?: string } }[] =
    JSON.parse(readFileSync(path.join(folder, file), "utf8"));
  rmSync(folder, { recursive: true });
  return events
    .filter(({ name }) => name.endsWith("_kernel_time"))
    .map(({ args }) => args.op_name ?? "");
}

test("widens a block only when what it is multiplied with is there", async () => {
  const blocks = ["Cast", "Gemm", "Cast", "Gemm", "Concat"];
  const wanted = [...blocks, ...blocks, ...blocks];
  expect(await operatorsRun(castInBlocks(chained(), 2 * width))).toEqual(wanted);
});

test("leaves rows in their file", () => {
  const model = tied();
  const initializers = model.initializers.map((one) =>
    one.name === "matrix:bfloat16"
      ? { ...one, data: { location: "a.safetensors", offset: 100, length: 5 * width * 2 } }
      : one,
  );
  const blocks = castInBlocks({ ...model, initializers }, 2 * width).initializers;
  const spans = blocks.filter(({ name }) => name.startsWith("matrix")).map(({ data }) => data);
  expect(spans).toEqual(
    [
      [100, 16],
      [116, 16],
      [132, 8],
    ].map(([offset, length]) => ({ location: "a.safetensors", offset, length })),
  );
});
