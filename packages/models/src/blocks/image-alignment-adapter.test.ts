import { describe, expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { numbers, runTensor, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import { imageAlignmentAdapter } from "./image-alignment-adapter.ts";
import { each, farthest, gelu, plainLayers, rowsOf } from "./plain-maths.fixture.ts";

const [states, depth, mapperWidth, tokens, width] = [3, 4, 2, 2, 5];

function adapter() {
  const graph = createGraph();
  const mm = declareInput(graph, "mm", ["N", states, depth]);
  const y = imageAlignmentAdapter(weightsAt(graph, "iaa"), mm, { mapperWidth, tokens, width });
  return { y, weights: trainedWeights(graph) };
}

describe("imageAlignmentAdapter", () => {
  test("maps each state, then projects all of them together to normalized tokens", async () => {
    const { y, weights } = adapter();
    expect(y.shape).toEqual(["N", tokens, width]);
    const values = { mm: numbers(states * depth, 1), ...weights };
    const { linear, layerNorm } = plainLayers(values);
    const mapped = each(linear("iaa.mapper", rowsOf(values.mm, depth)), gelu);
    const image = linear("iaa.proj", [mapped.flat()]);
    const wanted = layerNorm("iaa.norm", rowsOf(image.flat(), width));
    // Two products and a norm in single precision.
    expect(farthest(await runTensor(y, values), wanted)).toBeLessThan(1e-5);
  });

  test("gives a row of a batch what it gives the row alone", async () => {
    const { y, weights } = adapter();
    const [one, other] = [numbers(states * depth, 1), numbers(states * depth, 2)];
    const both = await runTensor(y, { mm: [...one, ...other], ...weights });
    const alone = await runTensor(y, { mm: other, ...weights });
    expect(farthest(both.slice(tokens * width), [alone])).toBeLessThan(1e-6);
  });
});
