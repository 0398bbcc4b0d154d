import { describe, expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { numbers, runTensor, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import { decoupledCrossAttention } from "./decoupled-cross-attention.ts";
import { imageContext } from "./image-context.fixture.ts";
import { farthest, plainAttend, plainLayers, plus, rowsOf, times } from "./plain-maths.fixture.ts";

const [rows, length, width, words, pictures, told, heads] = [2, 3, 4, 5, 2, 6, 2];

// Single against double precision through three products: about 1e-6 on numbers near 1.
const tolerance = 1e-5;

function block() {
  const graph = createGraph();
  const y = decoupledCrossAttention(
    weightsAt(graph, "attn2"),
    declareInput(graph, "x", ["N", length, width]),
    {
      text: declareInput(graph, "text", ["N", words, told]),
      image: imageContext(graph, ["N", pictures, told], ["N", 1, 1]),
    },
    heads,
  );
  const values = {
    x: numbers(rows * length * width, 1),
    text: numbers(rows * words * told, 2),
    image: numbers(rows * pictures * told, 3),
    ...trainedWeights(graph),
  };
  return { y, values };
}

/** Attention over text and image tokens of one batch row, by hand. */
function byHand(values: Readonly<Record<string, readonly number[]>>, row: number, scale: number) {
  const { linear } = plainLayers(values);
  const part = (name: string, tokens: number, size: number) =>
    rowsOf((values[name] ?? []).slice(row * tokens * size, (row + 1) * tokens * size), size);
  const query = linear("attn2.to_q", part("x", length, width));
  const text = part("text", words, told);
  const image = part("image", pictures, told);
  const fromText = plainAttend(
    query,
    linear("attn2.to_k", text),
    linear("attn2.to_v", text),
    heads,
  );
  const fromImage = plainAttend(
    query,
    linear("attn2.processor.to_k_ip.0", image),
    linear("attn2.processor.to_v_ip.0", image),
    heads,
  );
  const mixed = scale === 0 ? fromText : plus(fromText, times(fromImage, scale));
  return linear("attn2.to_out.0", mixed);
}

describe("decoupledCrossAttention", () => {
  test("is attention over the text alone at image scale 0", async () => {
    const { y, values } = block();
    const found = await runTensor(y, { ...values, imageScale: [0, 0] });
    const plain = values as unknown as Readonly<Record<string, readonly number[]>>;
    const wanted = [0, 1].map((row) => byHand(plain, row, 0));
    expect(farthest(found, wanted)).toBeLessThan(tolerance);
    const other = { ...values, image: numbers(rows * pictures * told, 9) };
    expect(await runTensor(y, { ...other, imageScale: [0, 0] })).toEqual(found);
  });

  test("adds the image's attention before the shared projection, by each row's own scale", async () => {
    const { y, values } = block();
    const found = await runTensor(y, { ...values, imageScale: [1, 0.25] });
    const plain = values as unknown as Readonly<Record<string, readonly number[]>>;
    const wanted = [byHand(plain, 0, 1), byHand(plain, 1, 0.25)];
    expect(farthest(found, wanted)).toBeLessThan(tolerance);
  });

  test("declares IP-Adapter's two projections beside diffusers' own", () => {
    const shapes = [...block().y.graph.weights].map(([path, { tensor }]) => [path, tensor.shape]);
    expect(Object.fromEntries(shapes)).toEqual({
      "attn2.to_q.weight": [width, width],
      "attn2.to_k.weight": [width, told],
      "attn2.to_v.weight": [width, told],
      "attn2.processor.to_k_ip.0.weight": [width, told],
      "attn2.processor.to_v_ip.0.weight": [width, told],
      "attn2.to_out.0.weight": [width, width],
      "attn2.to_out.0.bias": [width],
    });
  });
});
