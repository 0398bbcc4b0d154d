import { describe, expect, test } from "vitest";
import { gradients } from "../../autodiff/reverse.ts";
import { createGraph, declareInput, type Shape, type Tensor } from "../graph.ts";
import { transpose } from "../ops/arrange.ts";
import { type ConvolutionOptions, convolution } from "../ops/convolution.ts";
import { mul, square } from "../ops/elementwise.ts";
import { matmul } from "../ops/matrix.ts";
import { layerNormalization } from "../ops/normalize.ts";
import { reduceMean, reduceSum } from "../ops/reduce.ts";
import { numbers, openGraph } from "../run-graph.fixture.ts";
import { knownCount } from "../shape.ts";
import { lowerForTraining } from "./lower-for-training.ts";

interface Case {
  readonly shapes: readonly Shape[];
  readonly build: (inputs: readonly Tensor[]) => Tensor;
}

function built({ shapes, build }: Case) {
  const graph = createGraph();
  const inputs = shapes.map((shape, at) => declareInput(graph, `x${at}`, shape));
  return { graph, inputs, y: build(inputs) };
}

const operatorsOf = ({ graph }: ReturnType<typeof built>): readonly string[] =>
  graph.nodes.map(({ op }) => op);

/** Values and gradients under fixed weights of the outputs, plain or lowered. The first input lies around `far`. */
async function results(one: Case, isLowered: boolean, far: number) {
  const { graph, inputs, y } = built(one);
  if (isLowered) lowerForTraining(graph);
  const slopes = gradients(reduceSum(mul(y, declareInput(graph, "w", y.shape))), inputs);
  const named = Object.fromEntries(slopes.map((slope, at) => [`d${at}`, slope as Tensor]));
  const opened = await openGraph(graph, { y, ...named });
  const values = graph.inputs.map(({ name, shape }, at) => [
    name,
    numbers(knownCount(shape), at).map((value) => value + (at === 0 ? far : 0)),
  ]);
  const found = await opened.run(Object.fromEntries(values));
  await opened.close();
  return { found, operators: graph.nodes.map(({ op }) => op) };
}

const furthest = (a: readonly number[] = [], b: readonly number[] = []): number =>
  Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? Number.NaN)))) /
  Math.max(...a.map(Math.abs));

/** Fails where lowering moves a value or a gradient by more than `most` of the largest. Returns the lowered operators. */
async function expectSame(one: Case, most: number, far = 0): Promise<readonly string[]> {
  const plain = await results(one, false, far);
  const lowered = await results(one, true, far);
  expect(Object.keys(lowered.found)).toEqual(["y", ...one.shapes.map((_, at) => `d${at}`)]);
  for (const [name, values] of Object.entries(plain.found)) {
    expect(furthest(values, lowered.found[name]), name).toBeLessThan(most);
  }
  return lowered.operators;
}

interface Convolved {
  readonly x: Shape;
  readonly out: number;
  readonly options?: ConvolutionOptions;
  readonly kernel?: number;
}

const convolved = ({ x, out, kernel = 3, options = { padding: 1 } }: Convolved): Case => ({
  shapes: [x, [out, x[1] as number, kernel, kernel], [out]],
  build: ([from, weight, bias]) => convolution(from as Tensor, weight as Tensor, bias, options),
});

const normed: Case = {
  shapes: [[2, 3, 7], [7], [7]],
  build: ([x, scale, bias]) =>
    layerNormalization(x as Tensor, scale as Tensor, bias as Tensor, 1e-5),
};

const swapped = (x: Tensor): Tensor => transpose(x, [0, 2, 1]);

const product = (left: Shape, right: Shape, build: (a: Tensor, b: Tensor) => Tensor): Case => ({
  shapes: [left, right],
  build: ([a, b]) => build(a as Tensor, b as Tensor),
});

describe("lowerForTraining", () => {
  test.each<Convolved>([
    { x: [2, 3, 8, 8], out: 4 },
    { x: [1, 5, 16, 12], out: 2 },
    { x: [3, 2, 5, 7], out: 3 },
    { x: [1, 1, 1, 2], out: 1 },
  ])("keeps a convolution's values and gradients at $x", async (one) => {
    // Ten times single precision's rounding: a minimal filter loses half a digit.
    expect(await expectSame(convolved(one), 3e-6)).not.toContain("Conv");
  });

  test.each<Convolved>([
    { x: [1, 2, 8, 8], out: 2, options: { padding: 1, stride: 2 } },
    { x: [1, 2, 8, 8], out: 2, options: {} },
    { x: [1, 2, 8, 8], out: 2, kernel: 1, options: {} },
    { x: ["N", 2, 8, 8], out: 2 },
  ])("leaves the convolution $kernel $options $x alone", (one) => {
    const plain = built(convolved(one));
    const before = operatorsOf(plain);
    lowerForTraining(plain.graph);
    expect(operatorsOf(plain)).toEqual(before);
  });

  test("keeps a layer norm's values and gradients, also far from zero", async () => {
    // A mean of thirty deviations costs a digit and a half of single precision's seven.
    expect(await expectSame(normed, 2e-5, 30)).not.toContain("LayerNormalization");
  });

  test.each<[string, Case]>([
    ["plain", product([2, 3, 4], [2, 4, 5], matmul)],
    ["with one matrix for all", product([2, 3, 4], [4, 5], matmul)],
    ["with its left side turned", product([2, 4, 3], [2, 4, 5], (a, b) => matmul(swapped(a), b))],
    ["with its right side turned", product([2, 3, 4], [2, 5, 4], (a, b) => matmul(a, swapped(b)))],
    [
      "with both sides turned",
      product([2, 4, 3], [2, 5, 4], (a, b) => matmul(swapped(a), swapped(b))),
    ],
  ])("keeps a product %s, and turns no copy for its gradients", async (_, one) => {
    const operators = await expectSame(one, 1e-6);
    expect(operators.filter((op) => op === "FusedMatMul")).toHaveLength(3);
    expect(operators).not.toContain("MatMul");
  });

  test.each([
    [[-1], true],
    [[0, 2], false],
  ])("keeps a mean of squares over the axes %j", async (axes, keeps) => {
    const mean: Case = {
      shapes: [[2, 3, 4]],
      build: ([x]) => reduceMean(square(x as Tensor), axes, keeps),
    };
    const operators = await expectSame(mean, 1e-6);
    expect(operators).toContain("ReduceSumSquare");
    expect(operators).not.toContain("ReduceMean");
  });

  test("leaves the mean of another product alone", () => {
    const other = built(product([2, 3], [2, 3], (a, b) => reduceMean(mul(a, b), [-1], true)));
    lowerForTraining(other.graph);
    expect(operatorsOf(other)).toEqual(["Mul", "ReduceMean"]);
  });
});
