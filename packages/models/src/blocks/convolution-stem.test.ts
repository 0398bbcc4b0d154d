import { describe, expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { numbers, runTensor, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import { convolutionStem } from "./convolution-stem.ts";
import { farthest } from "./plain-maths.fixture.ts";

const [width, side] = [32, 32];

function stem(patchSize: number) {
  const graph = createGraph();
  const pixels = declareInput(graph, "pixels", ["N", 3, side, side]);
  const y = convolutionStem(weightsAt(graph, "stem"), pixels, { width, patchSize });
  return { y, weights: trainedWeights(graph) };
}

describe("convolutionStem", () => {
  test("gives one token for each patch, with half the channels at each finer level", () => {
    const { y, weights } = stem(16);
    expect(y.shape).toEqual(["N", width, 2, 2]);
    const sizes = Object.entries(weights).map(([path, values]) => [path, values.length]);
    expect(Object.fromEntries(sizes)).toMatchObject({
      "stem.convs.0.weight": 8 * 3 * 16,
      "stem.convs.1.weight": 16 * 8 * 9,
      "stem.convs.2.weight": 32 * 16 * 9,
      "stem.projection.weight": 32 * 32,
    });
  });

  test("is the first kernel, its norm and the projection where a patch is one kernel", async () => {
    const { y, weights } = stem(4);
    const pixels = numbers(3 * side * side, 1);
    const whole = await runTensor(y, { pixels, ...weights });
    // Other pixels of a token's own patch change it far more than through the norm they share with all.
    const moved = pixels.map((value, at) => (at === 0 ? value + 3 : value));
    const other = await runTensor(y, { pixels: moved, ...weights });
    const change = whole.map((value, at) => Math.abs(value - (other[at] ?? 0)));
    const tokens = (side / 4) ** 2;
    const first = Math.max(...change.filter((_, at) => at % tokens === 0));
    const rest = Math.max(...change.filter((_, at) => at % tokens !== 0));
    expect(first).toBeGreaterThan(4 * rest);
  });

  test("gives a row of a batch what it gives the row alone", async () => {
    const { y, weights } = stem(16);
    const count = 3 * side * side;
    const [one, two] = [numbers(count, 1), numbers(count, 2)];
    const both = await runTensor(y, { pixels: [...one, ...two], ...weights });
    const alone = await runTensor(y, { pixels: two, ...weights });
    expect(farthest(both.slice(both.length / 2), [alone])).toBeLessThan(1e-5);
  });
});
