import { describe, expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import {
  beginningWeights,
  numbers,
  runGraph,
  trainedWeights,
  type Values,
} from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import { bidirectionalInteraction } from "./bidirectional-interaction.ts";
import {
  each,
  farthest,
  plainAttend,
  plainLayers,
  plus,
  type Rows,
  relu,
  rowsOf,
  times,
} from "./plain-maths.fixture.ts";

const [queries, depth, grid, width, heads, visualChannels, visualScale] = [3, 6, 2, 8, 2, 3, 2];

function interaction() {
  const graph = createGraph();
  const query = declareInput(graph, "query", ["N", queries, depth]);
  const vision = declareInput(graph, "vision", ["N", grid ** 2, width]);
  const config = { heads, grid, visualChannels, visualScale };
  const outputs = { ...bidirectionalInteraction(weightsAt(graph), query, vision, config) };
  const inputs = { query: numbers(queries * depth, 1), vision: numbers(grid ** 2 * width, 2) };
  return { graph, outputs, inputs };
}

/** sin and cos of 2 pi (2 c - 1) G at each cell's centre c = (x, y), x first. */
function positions(values: Values): Rows {
  const gaussian = rowsOf(values["pe_layer.positional_encoding_gaussian_matrix"] ?? [], width / 2);
  return Array.from({ length: grid ** 2 }, (_, cell) => {
    const x = ((cell % grid) + 0.5) / grid;
    const y = (Math.floor(cell / grid) + 0.5) / grid;
    const angles = (gaussian[0] ?? []).map(
      (g, at) => 2 * Math.PI * ((2 * x - 1) * g + (2 * y - 1) * (gaussian[1]?.[at] ?? 0)),
    );
    return [...angles.map(Math.sin), ...angles.map(Math.cos)];
  });
}

/** SmartEdit's module in its own words: tokens t, image m, both with their positions. */
function byHand(values: Values): { readonly text: Rows; readonly image: Rows } {
  const { linear, layerNorm } = plainLayers(values);
  const attend = (path: string, q: Rows, k: Rows, v: Rows): Rows => {
    const [query, key, value] = [q, k, v].map((x, at) =>
      linear(`${path}.${"qkv"[at]}_proj`, x),
    ) as [Rows, Rows, Rows];
    return linear(`${path}.out_proj`, plainAttend(query, key, value, heads));
  };
  const start = rowsOf(values["query"] ?? [], depth);
  const t0 = linear("modulate_head", start);
  const p = positions(values);
  let t = t0;
  let m = rowsOf(values["vision"] ?? [], width);
  for (const index of [0, 1]) {
    const layer = `modulate_transformer.layers.${index}`;
    const norm = (number: number, x: Rows): Rows => layerNorm(`${layer}.norm${number}`, x);
    const asked = plus(t, t0);
    const self =
      index === 0
        ? attend(`${layer}.self_attn`, t, t, t)
        : plus(t, attend(`${layer}.self_attn`, asked, asked, t));
    t = norm(1, self);
    t = norm(2, plus(t, attend(`${layer}.cross_attn_token_to_image`, plus(t, t0), plus(m, p), m)));
    const hidden = each(linear(`${layer}.mlp.lin1`, t), relu);
    t = norm(3, plus(t, linear(`${layer}.mlp.lin2`, hidden)));
    m = norm(4, plus(m, attend(`${layer}.cross_attn_image_to_token`, plus(m, p), plus(t, t0), t)));
  }
  const last = "modulate_transformer.final_attn_token_to_image";
  const final = plus(t, attend(last, plus(t, t0), plus(m, p), m));
  t = layerNorm("modulate_transformer.norm_final_attn", final);
  const back = linear("dimension_reduction_head_qformer_out", t);
  return { text: plus(start, times(back, 0.5)), image: m };
}

/** Bilinear, doubling a 2 x 2 grid: the inner samples are a quarter of the way to the other cell. */
const shares = [
  [1, 0],
  [0.75, 0.25],
  [0.25, 0.75],
  [0, 1],
] as const;

function doubled(plane: readonly number[]): Rows {
  return shares.map((down) =>
    shares.map((across) =>
      plane.reduce(
        (sum, value, at) => sum + value * (down[Math.floor(at / 2)] ?? 0) * (across[at % 2] ?? 0),
        0,
      ),
    ),
  );
}

describe("bidirectionalInteraction", () => {
  test("agrees with SmartEdit's graph written out in double precision", async () => {
    const { graph, outputs, inputs } = interaction();
    const values = { ...inputs, ...trainedWeights(graph) };
    const found = await runGraph(graph, outputs, values);
    const wanted = byHand(values);
    // Some twenty products and norms in single precision.
    expect(farthest(found["image"] ?? [], wanted.image)).toBeLessThan(1e-4);
    expect(farthest(found["text"] ?? [], wanted.text)).toBeLessThan(1e-4);
    const seen = plainLayers(values).linear("dimension_reduction_head_zeroconv", wanted.image);
    const planes = Array.from({ length: visualChannels }, (_, channel) =>
      doubled(seen.map((pixel) => pixel[channel] ?? Number.NaN)),
    );
    expect(farthest(found["visual"] ?? [], planes)).toBeLessThan(1e-4);
  });

  test("begins without a voice: the text is the query, the visual part is zero", async () => {
    const { graph, outputs, inputs } = interaction();
    const found = await runGraph(graph, outputs, { ...inputs, ...beginningWeights(graph) });
    // The query is rounded to single precision on its way in.
    expect(farthest(found["text"] ?? [], [inputs.query])).toBeLessThan(1e-7);
    expect(found["visual"]).toEqual(Array(visualChannels * 16).fill(0));
  });
});
