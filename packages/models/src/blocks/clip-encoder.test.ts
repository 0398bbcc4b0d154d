import { expect, test } from "vitest";
import { causalMask } from "../layers/causal-mask.ts";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { numbers, runTensor, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import { clipEncoder } from "./clip-encoder.ts";
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

const [rows, length, width, heads, hidden] = [2, 5, 8, 2, 12];
const first = (query: number, key: number): boolean => key <= query;

test.each([
  { activation: "gelu", slope: gelu, isCausal: false },
  {
    activation: "quick_gelu",
    slope: (x: number) => x / (1 + Math.exp(-1.702 * x)),
    isCausal: true,
  },
] as const)(
  "agrees with two layers written out in double precision, row by row: $activation, causal $isCausal",
  async ({ activation, slope, isCausal }) => {
    const graph = createGraph();
    const x = declareInput(graph, "x", ["N", length, width]);
    const config = { heads, hidden, activation, epsilon: 1e-3, layers: 2 };
    const mask = isCausal ? causalMask(graph, length) : undefined;
    const y = clipEncoder(weightsAt(graph, "encoder"), x, config, mask);
    expect(y.shape).toEqual(["N", length, width]);
    const values = { x: numbers(rows * length * width, 1), ...trainedWeights(graph) };
    const { linear, layerNorm } = plainLayers(values);
    const layer = (path: string, tokens: Rows): Rows => {
      const normal = layerNorm(`${path}.layer_norm1`, tokens, 1e-3);
      const [query, key, value] = ["q", "k", "v"].map((name) =>
        linear(`${path}.self_attn.${name}_proj`, normal),
      ) as [Rows, Rows, Rows];
      const mixed = plainAttend(query, key, value, heads, isCausal ? first : undefined);
      const own = plus(tokens, linear(`${path}.self_attn.out_proj`, mixed));
      const wide = linear(`${path}.mlp.fc1`, layerNorm(`${path}.layer_norm2`, own, 1e-3));
      return plus(own, linear(`${path}.mlp.fc2`, each(wide, slope)));
    };
    const wanted = (tokens: Rows): Rows =>
      layer("encoder.layers.1", layer("encoder.layers.0", tokens));
    const tokens = rowsOf(values.x, width);
    const found = await runTensor(y, values);
    // Eight products in single precision, numbers up to 10.
    const apart = [wanted(tokens.slice(0, length)), wanted(tokens.slice(length))];
    expect(farthest(found, apart)).toBeLessThan(5e-5);
  },
);
