import { describe, expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { beginningWeights, numbers, runTensor, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import { imageContext } from "./image-context.fixture.ts";
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
import { spatialTransformer } from "./spatial-transformer.ts";

const [channels, height, width, told, heads] = [4, 2, 3, 5, 2];
const pixels = height * width;

function block() {
  const graph = createGraph();
  const x = declareInput(graph, "x", ["N", channels, height, width]);
  const context = {
    text: declareInput(graph, "text", ["N", 3, told]),
    image: imageContext(graph, ["N", 2, told], ["N", 1, 1]),
  };
  const y = spatialTransformer(weightsAt(graph), x, context, { heads, groups: 2 });
  const inputs = {
    x: numbers(channels * pixels, 1),
    text: numbers(3 * told, 2),
    image: numbers(2 * told, 3),
    imageScale: [0.5],
  };
  return { y, inputs };
}

const transpose = (rows: Rows): Rows =>
  (rows[0] ?? []).map((_, at) => rows.map((row) => row[at] ?? Number.NaN));

/** The transformer over tokens [pixels, channels], after its first and before its last convolution. */
function tokensByHand(values: Readonly<Record<string, ArrayLike<number>>>, x: Rows): Rows {
  const { linear, layerNorm } = plainLayers(values);
  const path = "transformer_blocks.0";
  const first = layerNorm(`${path}.norm1`, x);
  const self = plainAttend(
    linear(`${path}.attn1.to_q`, first),
    linear(`${path}.attn1.to_k`, first),
    linear(`${path}.attn1.to_v`, first),
    heads,
  );
  const own = plus(x, linear(`${path}.attn1.to_out.0`, self));
  const asked = linear(`${path}.attn2.to_q`, layerNorm(`${path}.norm2`, own));
  const reads = (name: string, key: string, value: string): Rows => {
    const from = rowsOf(values[name] ?? [], told);
    const [keys, found] = [
      linear(`${path}.attn2.${key}`, from),
      linear(`${path}.attn2.${value}`, from),
    ];
    return plainAttend(asked, keys, found, heads);
  };
  const fromImage = reads("image", "processor.to_k_ip.0", "processor.to_v_ip.0");
  const scale = values["imageScale"]?.[0] ?? 0;
  const both = plus(
    reads("text", "to_k", "to_v"),
    each(fromImage, (value) => value * scale),
  );
  const told2 = plus(own, linear(`${path}.attn2.to_out.0`, both));
  const hidden = linear(`${path}.ff.net.0.proj`, layerNorm(`${path}.norm3`, told2));
  const gated = hidden.map((row) =>
    row.slice(0, 4 * channels).map((value, at) => value * gelu(row[4 * channels + at] ?? 0)),
  );
  return plus(told2, linear(`${path}.ff.net.2`, gated));
}

describe("spatialTransformer", () => {
  test("begins as the identity: its last convolution is zero", async () => {
    const { y, inputs } = block();
    const found = await runTensor(y, { ...inputs, ...beginningWeights(y.graph) });
    expect(farthest(found, [inputs.x])).toBeLessThan(1e-7);
  });

  test("agrees with the block written out in double precision", async () => {
    const { y, inputs } = block();
    const values = { ...inputs, ...trainedWeights(y.graph) };
    const { linear } = plainLayers(values);
    const planes = rowsOf(inputs.x, pixels);
    const normal = [0, 2].flatMap((start) => {
      const group = planes.slice(start, start + 2).flat();
      const mean = group.reduce((a, b) => a + b, 0) / group.length;
      const variance = group.reduce((n, v) => n + (v - mean) ** 2, 0) / group.length;
      return planes.slice(start, start + 2).map((plane, at) => {
        const scale = values["norm.weight" as "x"]?.[start + at] ?? Number.NaN;
        const shift = values["norm.bias" as "x"]?.[start + at] ?? Number.NaN;
        return plane.map((v) => ((v - mean) / Math.sqrt(variance + 1e-6)) * scale + shift);
      });
    });
    const mixed = tokensByHand(values, linear("proj_in", transpose(normal)));
    const wanted = plus(planes, transpose(linear("proj_out", mixed)));
    // A dozen products in single precision, numbers up to 30.
    expect(farthest(await runTensor(y, values), wanted)).toBeLessThan(1e-4);
  });

  test("treats pixels alike wherever they lie", async () => {
    const { y, inputs } = block();
    const weights = trainedWeights(y.graph);
    const order = [4, 0, 5, 1, 3, 2];
    const moved = (flat: readonly number[]): readonly number[] =>
      rowsOf(flat, pixels).flatMap((plane) => order.map((at) => plane[at] ?? Number.NaN));
    const before = await runTensor(y, { ...inputs, ...weights });
    const after = await runTensor(y, { ...inputs, ...weights, x: moved(inputs.x) });
    expect(farthest(after, [moved(before)])).toBeLessThan(1e-4);
  });
});
