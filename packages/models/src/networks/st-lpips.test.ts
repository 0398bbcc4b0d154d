import { expect, test } from "vitest";
import { gradients } from "../autodiff/reverse.ts";
import { createGraph, declareInput, type Tensor } from "../onnx/graph.ts";
import { reduceSum } from "../onnx/ops/reduce.ts";
import { numbers, openGraph, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import { stLpips } from "./st-lpips.ts";

const size = { height: 21, width: 22 };
const picture = 3 * size.height * size.width;

/** Opens the distance of so many pairs: first all pictures, then what they are compared with. */
async function openDistance(pairs: number) {
  const graph = createGraph();
  const pixels = declareInput(graph, "pixels", [2 * pairs, 3, size.height, size.width]);
  const { distance } = stLpips.build(weightsAt(graph), { pixels }, size);
  const [slope] = gradients(reduceSum(distance), [pixels]);
  const opened = await openGraph(graph, { distance, slope: slope as Tensor });
  const weights = trainedWeights(graph);
  return {
    measure: async (given: readonly number[]) => {
      const found = await opened.run({ ...weights, pixels: given });
      return { distance: found["distance"]?.[0] ?? Number.NaN, slope: found["slope"] ?? [] };
    },
    close: () => opened.close(),
  };
}

test("has the slope of its pixels", async () => {
  const { measure, close } = await openDistance(1);
  const pixels = numbers(2 * picture, 1);
  const { slope } = await measure(pixels);
  const direction = Array.from(slope, Math.sign);
  const at = async (step: number): Promise<number> =>
    (await measure(pixels.map((value, i) => value + step * (direction[i] ?? 0)))).distance;
  const width = 2e-3;
  const measured = ((await at(width)) - (await at(-width))) / (2 * width);
  await close();
  const exact = slope.reduce((sum, value) => sum + Math.abs(value), 0);
  expect(exact).toBeGreaterThan(0);
  expect(measured / exact).toBeCloseTo(1, 2);
});

test("of several pairs is the mean of their distances", async () => {
  const [a, b, c, d] = [1, 2, 3, 4].map((seed) => numbers(picture, seed));
  const join = (...pictures: (readonly number[] | undefined)[]): readonly number[] =>
    pictures.flatMap((one) => one ?? []);
  const [one, two] = await Promise.all([openDistance(1), openDistance(2)]);
  const both = (await two.measure(join(a, b, c, d))).distance;
  const [first, second] = [await one.measure(join(a, c)), await one.measure(join(b, d))];
  await Promise.all([one.close(), two.close()]);
  expect(first.distance).not.toBeCloseTo(second.distance, 3);
  expect(both).toBeCloseTo((first.distance + second.distance) / 2, 5);
});
