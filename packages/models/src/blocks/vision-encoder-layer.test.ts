import { expect, it } from "vitest";
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
import { visionEncoderLayer } from "./vision-encoder-layer.ts";

const [rows, length, width, heads] = [2, 5, 8, 2];

it("agrees with the layer written out in double precision, row by row", async () => {
  const graph = createGraph();
  const x = declareInput(graph, "x", ["N", length, width]);
  const y = visionEncoderLayer(weightsAt(graph, "layer"), x, heads);
  expect(y.shape).toEqual(["N", length, width]);
  const values = { x: numbers(rows * length * width, 1), ...trainedWeights(graph) };
  const { linear, layerNorm } = plainLayers(values);
  const wanted = (tokens: Rows): Rows => {
    const normal = layerNorm("layer.layer_norm1", tokens);
    const [query, key, value] = ["q", "k", "v"].map((name) =>
      linear(`layer.self_attn.${name}_proj`, normal),
    ) as [Rows, Rows, Rows];
    const mixed = plainAttend(query, key, value, heads);
    const own = plus(tokens, linear("layer.self_attn.out_proj", mixed));
    const hidden = linear("layer.mlp.fc1", layerNorm("layer.layer_norm2", own));
    return plus(own, linear("layer.mlp.fc2", each(hidden, gelu)));
  };
  const tokens = rowsOf(values.x, width);
  const found = await runTensor(y, values);
  // Four products in single precision, numbers up to 10.
  const apart = [wanted(tokens.slice(0, length)), wanted(tokens.slice(length))];
  expect(farthest(found, apart)).toBeLessThan(2e-5);
});
