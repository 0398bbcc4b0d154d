import { describe, expect, test } from "vitest";
import { rotaryTable } from "../layers/rotary-embedding.ts";
import { constant, createGraph, declareInput } from "../onnx/graph.ts";
import { numbers, runTensor, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import { llamaLayer } from "./llama-layer.ts";
import {
  each,
  farthest,
  plainAttend,
  plainLayers,
  plus,
  type Rows,
  rowsOf,
  silu,
} from "./plain-maths.fixture.ts";

const [length, width, hidden, heads] = [4, 8, 12, 2];

function layer(isCausal: boolean) {
  const graph = createGraph();
  const x = declareInput(graph, "x", ["N", length, width]);
  const mask = Array.from({ length: length ** 2 }, (_, at) =>
    isCausal && at % length > Math.floor(at / length) ? -1e9 : 0,
  );
  const positions = {
    mask: constant(graph, mask, [length, length]),
    rotary: rotaryTable(graph, [length, width / heads]),
  };
  const y = llamaLayer(weightsAt(graph, "layer"), x, { heads, hidden }, positions);
  return { y, values: { x: numbers(length * width, 1), ...trainedWeights(graph) } };
}

/** Llama's turn of a row's head halves by its position. */
function turned(rows: Rows): Rows {
  const depth = width / heads;
  const half = depth / 2;
  return rows.map((row, position) =>
    row.map((value, at) => {
      const inHead = at % depth;
      const angle = position / 10_000 ** ((2 * (inHead % half)) / depth);
      const partner = inHead < half ? -(row[at + half] ?? 0) : (row[at - half] ?? 0);
      return value * Math.cos(angle) + partner * Math.sin(angle);
    }),
  );
}

const at = (found: readonly number[], position: number): readonly number[] =>
  found.slice(position * width, (position + 1) * width);

describe("llamaLayer", () => {
  test("agrees with the layer written out in double precision", async () => {
    const { y, values } = layer(true);
    const { linear, rmsNorm } = plainLayers(values);
    const x = rowsOf(values.x, width);
    const normal = rmsNorm("layer.input_layernorm", x);
    const mixed = plainAttend(
      turned(linear("layer.self_attn.q_proj", normal)),
      turned(linear("layer.self_attn.k_proj", normal)),
      linear("layer.self_attn.v_proj", normal),
      heads,
      (query, key) => key <= query,
    );
    const own = plus(x, linear("layer.self_attn.o_proj", mixed));
    const second = rmsNorm("layer.post_attention_layernorm", own);
    const up = linear("layer.mlp.up_proj", second);
    const gate = each(linear("layer.mlp.gate_proj", second), silu);
    const gated = gate.map((row, i) => row.map((value, j) => value * (up[i]?.[j] ?? 0)));
    const wanted = plus(own, linear("layer.mlp.down_proj", gated));
    // Five products in single precision, numbers up to 10.
    expect(farthest(await runTensor(y, values), wanted)).toBeLessThan(2e-5);
  });

  test("shows a state nothing of the words after it", async () => {
    const { y, values } = layer(true);
    const before = await runTensor(y, values);
    const x = [...values.x.slice(0, 2 * width), ...numbers(2 * width, 7)];
    const after = await runTensor(y, { ...values, x });
    expect(at(after, 0)).toEqual(at(before, 0));
    expect(at(after, 1)).toEqual(at(before, 1));
    expect(at(after, 2)).not.toEqual(at(before, 2));
  });

  test("shows them where the mask lets it", async () => {
    const { y, values } = layer(false);
    const before = await runTensor(y, values);
    const x = [...values.x.slice(0, 3 * width), ...numbers(width, 7)];
    expect(at(await runTensor(y, { ...values, x }), 0)).not.toEqual(at(before, 0));
  });

  test("knows the order of earlier words", async () => {
    const { y, values } = layer(true);
    const swapped = [
      ...values.x.slice(width, 2 * width),
      ...values.x.slice(0, width),
      ...values.x.slice(2 * width),
    ];
    const [before, after] = [
      await runTensor(y, values),
      await runTensor(y, { ...values, x: swapped }),
    ];
    const difference = at(after, 3).map((value, i) => Math.abs(value - (at(before, 3)[i] ?? 0)));
    expect(Math.max(...difference)).toBeGreaterThan(1e-3);
  });
});
