import { expect, test } from "vitest";
import { gradients } from "../autodiff/reverse.ts";
import { linear } from "../layers/linear.ts";
import { createGraph, declareInput, type Tensor } from "../onnx/graph.ts";
import { mul } from "../onnx/ops/elementwise.ts";
import { reduceSum } from "../onnx/ops/reduce.ts";
import { runGraph } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import {
  bindFlatParameters,
  cutLayout,
  flattenGradients,
  layOutParameters,
} from "./flat-parameters.ts";

function network() {
  const graph = createGraph();
  const root = weightsAt(graph);
  const x = declareInput(graph, "x", [1, 2]);
  const hidden = linear(root.at("a"), x, { out: 2 });
  const frozen = root.at("vae").get("scale", [1], { fill: 1 });
  root.get("idle", [3], { fill: 4 });
  const y = linear(root.at("b"), mul(hidden, frozen), { out: 1, bias: false });
  const layout = layOutParameters(graph, (path) => !path.startsWith("vae."));
  return { graph, y, layout };
}

// a.weight 1 2 3 4, a.bias 5 6, idle 7 8 9, b.weight 10 11
const flat = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

test("lays out trained weights one after the other", () => {
  const { layout } = network();
  expect(layout.parameters.map(({ path, offset, count }) => [path, offset, count])).toEqual([
    ["a.weight", 0, 4],
    ["a.bias", 4, 2],
    ["idle", 6, 3],
    ["b.weight", 9, 2],
  ]);
  expect(layout.count).toBe(11);
  expect(layout.parameters.map(({ shape }) => shape)).toEqual([[2, 2], [2], [3], [1, 2]]);
});

test("feeds every weight from the flat vector, and the others by name", async () => {
  const { graph, y, layout } = network();
  bindFlatParameters(graph, layout, "parameters");
  // x 1 1: hidden 1 + 2 + 5 = 8 and 3 + 4 + 6 = 13, doubled; 10 * 16 + 11 * 26.
  const values = { x: [1, 1], parameters: flat, "vae.scale": [2] };
  expect(await runGraph(graph, { y }, values)).toEqual({ y: [446] });
});

test("cuts the layout around what is moved, and feeds weights from each run", async () => {
  const { graph, y, layout } = network();
  const { before, moved, after } = cutLayout(
    layout,
    (path) => path === "a.bias" || path === "idle",
  );
  const places = [before, moved, after].map(({ parameters, count }) => [
    count,
    ...parameters.map(({ path, offset }) => `${path} ${offset}`),
  ]);
  expect(places).toEqual([
    [4, "a.weight 0"],
    [5, "a.bias 0", "idle 2"],
    [2, "b.weight 0"],
  ]);
  bindFlatParameters(graph, before, "before");
  bindFlatParameters(graph, moved, "moved");
  bindFlatParameters(graph, after, "after");
  const runs = { before: flat.slice(0, 4), moved: flat.slice(4, 9), after: flat.slice(9) };
  const values = { x: [1, 1], "vae.scale": [2], ...runs };
  expect(await runGraph(graph, { y }, values)).toEqual({ y: [446] });
});

test("puts gradients where their weights lie, zeros where there are none", async () => {
  const { graph, y, layout } = network();
  const paths = layout.parameters.map(({ path }) => path);
  const slopes = gradients(
    reduceSum(y),
    paths.map((path) => graph.weights.get(path)?.tensor as Tensor),
  );
  const found = paths.flatMap((path, at) => {
    const slope = slopes[at];
    return slope === undefined ? [] : [[path, slope] as const];
  });
  expect(found.map(([path]) => path)).not.toContain("idle");
  const gradient = flattenGradients(graph, layout, new Map(found));
  bindFlatParameters(graph, layout, "parameters");
  const values = { x: [1, 3], parameters: flat, "vae.scale": [2] };
  // d a.weight = 2 b x, d a.bias = 2 b, d b.weight = 2 hidden with hidden 12 and 21.
  const wanted = [20, 60, 22, 66, 20, 22, 0, 0, 0, 24, 42];
  expect(await runGraph(graph, { gradient }, values)).toEqual({ gradient: wanted });
});
