import { describe, expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { numbers, runTensor, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import {
  each,
  farthest,
  gelu,
  plainAttend,
  plainLayers,
  plus,
  type Rows,
  rowsOf,
} from "./plain-maths.fixture.ts";
import { qFormer } from "./q-former.ts";

const [states, depth] = [3, 6];
const config = { queries: 4, width: 8, layers: 3, heads: 2 };

function former(batch: number | "N" = "N") {
  const graph = createGraph();
  const memory = declareInput(graph, "memory", [batch, states, depth]);
  const y = qFormer(weightsAt(graph), memory, config);
  return { y, values: { memory: numbers(states * depth, 1), ...trainedWeights(graph) } };
}

/** SmartEdit's Q-Former over one batch row, by hand: cross-attention in layers 0, 2, 4. */
function byHand(values: Readonly<Record<string, ArrayLike<number>>>): Rows {
  const { linear, layerNorm } = plainLayers(values);
  const memory = rowsOf(values["memory"] ?? [], depth);
  const norm = (path: string, x: Rows): Rows => layerNorm(path, x, 1e-12);
  const reads = (path: string, x: Rows, from: Rows): Rows => {
    const [key, value] = [linear(`${path}.self.key`, from), linear(`${path}.self.value`, from)];
    const mixed = plainAttend(linear(`${path}.self.query`, x), key, value, config.heads);
    return norm(`${path}.output.LayerNorm`, plus(x, linear(`${path}.output.dense`, mixed)));
  };
  let x = norm("sd_qformer.embeddings.LayerNorm", rowsOf(values["sd_query_tokens"] ?? [], 8));
  for (const index of [0, 1, 2]) {
    const layer = `sd_qformer.encoder.layer.${index}`;
    x = reads(`${layer}.attention`, x, x);
    if (index !== 1) x = reads(`${layer}.crossattention`, x, memory);
    const hidden = each(linear(`${layer}.intermediate_query.dense`, x), gelu);
    const out = linear(`${layer}.output_query.dense`, hidden);
    x = norm(`${layer}.output_query.LayerNorm`, plus(x, out));
  }
  return x;
}

describe("qFormer", () => {
  test("agrees with the layers written out in double precision", async () => {
    const { y, values } = former();
    expect(y.shape).toEqual(["N", config.queries, config.width]);
    // Twelve products and norms in single precision.
    expect(farthest(await runTensor(y, values), byHand(values))).toBeLessThan(5e-5);
  });

  test("reads the memory only through even layers", async () => {
    const { y, values } = former();
    const crossing = [...y.graph.weights.keys()].filter((path) => path.includes("crossattention"));
    const layers = new Set(crossing.map((path) => path.split(".")[3]));
    expect([...layers]).toEqual(["0", "2"]);
    const deaf = Object.fromEntries(
      crossing
        .filter((path) => path.includes("output.dense"))
        .map((path) => [path, Array.from(values[path as "memory"] ?? [], () => 0)]),
    );
    const memory = numbers(states * depth, 5);
    expect(await runTensor(y, { ...values, memory })).not.toEqual(await runTensor(y, values));
    const [one, other] = [
      await runTensor(y, { ...values, ...deaf }),
      await runTensor(y, { ...values, ...deaf, memory }),
    ];
    expect(other).toEqual(one);
  });

  test("asks every row of a batch the same questions, whether its size is known or not", async () => {
    const { y, values } = former();
    const memory = [...values.memory, ...numbers(states * depth, 5)];
    const open = await runTensor(y, { ...values, memory });
    const fixed = former(2);
    expect(fixed.y.shape).toEqual([2, config.queries, config.width]);
    expect(farthest(await runTensor(fixed.y, { ...values, memory }), [open])).toBeLessThan(1e-5);
    expect(farthest(open.slice(0, open.length / 2), byHand(values))).toBeLessThan(5e-5);
  });
});
