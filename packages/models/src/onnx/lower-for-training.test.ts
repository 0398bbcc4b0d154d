import { describe, expect, it } from "vitest";
import { gradients } from "../autodiff/reverse.ts";
import { createGraph, declareInput, type Tensor } from "./graph.ts";
import { lowerForTraining } from "./lower-for-training.ts";
import { type ConvolutionOptions, convolution } from "./ops/convolution.ts";
import { mul } from "./ops/elementwise.ts";
import { layerNormalization } from "./ops/normalize.ts";
import { reduceSum } from "./ops/reduce.ts";
import { numbers, openGraph } from "./run-graph.fixture.ts";
import { knownCount } from "./shape.ts";

interface Case {
  readonly x: readonly number[];
  readonly out: number;
  readonly options?: ConvolutionOptions;
  readonly kernel?: number;
}

function convolved({ x, out, kernel = 3, options = { padding: 1 } }: Case) {
  const graph = createGraph();
  const from = declareInput(graph, "x", x);
  const weight = declareInput(graph, "weight", [out, x[1] as number, kernel, kernel]);
  const bias = declareInput(graph, "bias", [out]);
  return { graph, inputs: [from, weight, bias], y: convolution(from, weight, bias, options) };
}

/** The convolution and its gradients under fixed weights of the outputs, plain or lowered. */
async function results(one: Case, isLowered: boolean): Promise<Record<string, number[]>> {
  const { graph, inputs, y } = convolved(one);
  if (isLowered) lowerForTraining(graph);
  const weights = declareInput(graph, "weights", y.shape);
  const slopes = gradients(reduceSum(mul(y, weights)), inputs) as readonly Tensor[];
  const named = Object.fromEntries(slopes.map((slope, at) => [`d${inputs[at]?.name}`, slope]));
  const opened = await openGraph(graph, { y, ...named });
  const values = graph.inputs.map(({ name, shape }, at) => [name, numbers(knownCount(shape), at)]);
  const found = await opened.run(Object.fromEntries(values));
  await opened.close();
  return found;
}

const furthest = (a: readonly number[] = [], b: readonly number[] = []): number =>
  Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? Number.NaN)))) /
  Math.max(...a.map(Math.abs));

describe("lowerForTraining", () => {
  it.each<Case>([
    { x: [2, 3, 8, 8], out: 4 },
    { x: [1, 5, 16, 12], out: 2 },
    { x: [3, 2, 5, 7], out: 3 },
    { x: [1, 1, 1, 2], out: 1 },
  ])("keeps the values and the gradients at $x", async (one) => {
    const { graph } = convolved(one);
    lowerForTraining(graph);
    expect(graph.nodes.map(({ op }) => op)).not.toContain("Conv");
    const [plain, lowered] = [await results(one, false), await results(one, true)];
    expect(Object.keys(lowered)).toEqual(["y", "dx", "dweight", "dbias"]);
    // Ten times single precision's rounding: a minimal filter loses half a digit.
    for (const name of Object.keys(plain)) {
      expect(furthest(plain[name], lowered[name]), name).toBeLessThan(3e-6);
    }
  });

  it.each<Case>([
    { x: [1, 2, 8, 8], out: 2, options: { padding: 1, stride: 2 } },
    { x: [1, 2, 8, 8], out: 2, options: {} },
    { x: [1, 2, 8, 8], out: 2, kernel: 1, options: {} },
    { x: ["N" as never, 2, 8, 8], out: 2 },
  ])("leaves $kernel $options $x alone", (one) => {
    const { graph } = convolved(one);
    const before = [...graph.nodes];
    lowerForTraining(graph);
    expect(graph.nodes).toEqual(before);
  });

  it("keeps a layer norm's values and gradients, also far from zero", async () => {
    const found = [false, true].map(async (isLowered) => {
      const graph = createGraph();
      const inputs = [[2, 3, 7], [7], [7]].map((shape, at) => declareInput(graph, `x${at}`, shape));
      const [x, scale, bias] = inputs as [Tensor, Tensor, Tensor];
      const y = layerNormalization(x, scale, bias, 1e-5);
      if (isLowered) lowerForTraining(graph);
      expect(graph.nodes.some(({ op }) => op === "LayerNormalization")).toBe(!isLowered);
      const slopes = gradients(reduceSum(mul(y, declareInput(graph, "w", y.shape))), inputs);
      const named = Object.fromEntries(slopes.map((slope, at) => [`d${at}`, slope as Tensor]));
      const opened = await openGraph(graph, { y, ...named });
      const values = graph.inputs.map(({ name, shape }, at) => [
        name,
        numbers(knownCount(shape), at).map((value) => value + (at === 0 ? 30 : 0)),
      ]);
      const outputs = await opened.run(Object.fromEntries(values));
      await opened.close();
      return outputs;
    });
    const [plain, lowered] = (await Promise.all(found)) as [
      Record<string, number[]>,
      Record<string, number[]>,
    ];
    // A mean of thirty deviations costs a digit and a half of single precision's seven.
    for (const name of Object.keys(plain)) {
      expect(furthest(plain[name], lowered[name]), name).toBeLessThan(2e-5);
    }
  });
});
