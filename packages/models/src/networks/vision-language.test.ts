import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { numbers, type OpenedGraph, openGraph, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { buildNetwork } from "./define-network.ts";
import { insightEditTiny } from "./insightedit-tiny.fixture.ts";
import { visionLanguage } from "./vision-language.ts";

const { mllm } = insightEditTiny;
const { graph, outputs } = buildNetwork(visionLanguage, mllm);
const pixels = numbers(3 * mllm.vision.imageSize ** 2, 1);
const values = { ...trainedWeights(graph), pixels, ids: [1, 2, 0] };

const farthest = (a: readonly number[] = [], b: readonly number[] = []): number =>
  Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? Number.NaN))));

describe("visionLanguage", () => {
  let opened: OpenedGraph;
  beforeAll(async () => {
    opened = await openGraph(graph, outputs);
  });
  afterAll(() => opened.close());

  test("gives one state for each [MM] token and one for each patch", async () => {
    expect(outputs.mmTokens.shape).toEqual(["N", 2, 8]);
    expect(outputs.vision.shape).toEqual(["N", 16, 8]);
    const found = await opened.run(values);
    expect(found["mmTokens"]).toHaveLength(16);
    expect(found["vision"]).toHaveLength(128);
  });

  test("reads picture and words into the [MM] states, but words not into the picture", async () => {
    const before = await opened.run(values);
    const words = await opened.run({ ...values, ids: [1, 3, 0] });
    expect(words["vision"]).toEqual(before["vision"]);
    expect(farthest(words["mmTokens"], before["mmTokens"])).toBeGreaterThan(1e-4);
    const seen = await opened.run({ ...values, pixels: numbers(pixels.length, 8) });
    expect(farthest(seen["mmTokens"], before["mmTokens"])).toBeGreaterThan(1e-4);
  });

  test("knows the order of the words", async () => {
    const one = await opened.run({ ...values, ids: [1, 2, 3] });
    const other = await opened.run({ ...values, ids: [3, 2, 1] });
    expect(farthest(one["mmTokens"], other["mmTokens"])).toBeGreaterThan(1e-4);
  });

  test("[N3] gives a row of a batch what it gives the row alone", async () => {
    const alone = await opened.run(values);
    const both = await opened.run({
      ...values,
      pixels: [...numbers(pixels.length, 8), ...pixels],
      ids: [5, 4, 3, ...values.ids],
    });
    // Sums may be taken in another order: single precision.
    expect(farthest(alone["mmTokens"], both["mmTokens"]?.slice(16))).toBeLessThan(1e-5);
    expect(farthest(alone["vision"], both["vision"]?.slice(128))).toBeLessThan(1e-5);
  });
});
