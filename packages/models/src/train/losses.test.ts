import { describe, expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { numbers, runTensor } from "../onnx/run-graph.fixture.ts";
import {
  absoluteError,
  binaryCrossEntropy,
  crossEntropy,
  squaredError,
  structuralDissimilarity,
} from "./losses.ts";

// Means of a few numbers near 1 in single precision.
const digits = 5;
const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;

describe("squaredError", () => {
  test("is the mean of squares, each by its weight", async () => {
    const graph = createGraph();
    const a = declareInput(graph, "a", [2, 2]);
    const b = declareInput(graph, "b", [2, 2]);
    const weight = declareInput(graph, "weight", [2, 1]);
    const values = { a: [1, 2, 3, 4], b: [0, 0, 3, 2], weight: [1, 10] };
    expect(await runTensor(squaredError(a, b), values)).toEqual([(1 + 4 + 0 + 4) / 4]);
    expect(await runTensor(squaredError(a, b, weight), values)).toEqual([(1 + 4 + 0 + 40) / 4]);
  });
});

describe("crossEntropy", () => {
  test("is the mean of minus the log of the label's share", async () => {
    const graph = createGraph();
    const logits = declareInput(graph, "logits", [2, 2, 3]);
    const labels = declareInput(graph, "labels", [2, 2], "int64");
    const values = { logits: numbers(12, 1).map((value) => 3 * value), labels: [2, 0, 1, 1] };
    const wanted = values.labels.map((label, row) => {
      const own = values.logits.slice(3 * row, 3 * row + 3);
      const sum = own.reduce((total, value) => total + Math.exp(value), 0);
      return Math.log(sum) - (own[label] ?? Number.NaN);
    });
    const [found] = await runTensor(crossEntropy(logits, labels), values);
    expect(found).toBeCloseTo(mean(wanted), digits);
  });

  test("is ln K when nothing is known, and stays finite when all is wrong", async () => {
    const graph = createGraph();
    const logits = declareInput(graph, "logits", [1, 4]);
    const loss = crossEntropy(logits, declareInput(graph, "labels", [1], "int64"));
    const [even] = await runTensor(loss, { logits: [0, 0, 0, 0], labels: [3] });
    expect(even).toBeCloseTo(Math.log(4), digits);
    const [wrong] = await runTensor(loss, { logits: [1000, 0, 0, 0], labels: [3] });
    expect(wrong).toBeCloseTo(1000, 2);
  });
});

describe("binaryCrossEntropy", () => {
  test("is the mean over soft truths", async () => {
    const graph = createGraph();
    const logits = declareInput(graph, "logits", [2, 2]);
    const truth = declareInput(graph, "truth", [2, 2]);
    const values = { logits: [0, 2, -3, 1], truth: [1, 0, 0.25, 1] };
    const wanted = values.logits.map((logit, at) => {
      const share = 1 / (1 + Math.exp(-logit));
      const wish = values.truth[at] ?? 0;
      return -wish * Math.log(share) - (1 - wish) * Math.log(1 - share);
    });
    const [found] = await runTensor(binaryCrossEntropy(logits, truth), values);
    expect(found).toBeCloseTo(mean(wanted), digits);
  });

  test("stays finite when all is wrong", async () => {
    const graph = createGraph();
    const logits = declareInput(graph, "logits", [2]);
    const loss = binaryCrossEntropy(logits, declareInput(graph, "truth", [2]));
    const [found] = await runTensor(loss, { logits: [-500, 300], truth: [1, 0] });
    expect(found).toBeCloseTo(400, 2);
  });
});

describe("absoluteError", () => {
  test("is the mean of absolute differences, each by its weight", async () => {
    const graph = createGraph();
    const a = declareInput(graph, "a", [2, 2]);
    const b = declareInput(graph, "b", [2, 2]);
    const weight = declareInput(graph, "weight", [2, 1]);
    const values = { a: [1, -2, 3, 4], b: [0, 0, 3, 6], weight: [1, 10] };
    const [found] = await runTensor(absoluteError(a, b, weight), values);
    expect(found).toBeCloseTo((1 + 2 + 0 + 20) / 4, 2);
  });
});

describe("structuralDissimilarity", () => {
  const side = 9;

  /** 1 - SSIM, window by window. */
  function dissimilarity(a: readonly number[], b: readonly number[]): number {
    const scores: number[] = [];
    for (let plane = 0; plane < a.length / side ** 2; plane++) {
      for (let at = 0; at < 9; at++) {
        const [top, left] = [Math.floor(at / 3), at % 3];
        const inside = Array.from({ length: 49 }, (_, place) => {
          const [y, x] = [top + Math.floor(place / 7), left + (place % 7)];
          return plane * side ** 2 + y * side + x;
        });
        const [one, other] = [a, b].map((values) => inside.map((place) => values[place] ?? 0));
        scores.push(similarityOf(one ?? [], other ?? []));
      }
    }
    return 1 - mean(scores);
  }

  function similarityOf(a: readonly number[], b: readonly number[]): number {
    const [meanA, meanB] = [mean(a), mean(b)];
    const covariance = mean(a.map((value, at) => (value - meanA) * ((b[at] ?? 0) - meanB)));
    const variances =
      mean(a.map((value) => (value - meanA) ** 2)) + mean(b.map((value) => (value - meanB) ** 2));
    const [c1, c2] = [0.0004, 0.0036];
    return (
      ((2 * meanA * meanB + c1) * (2 * covariance + c2)) /
      ((meanA ** 2 + meanB ** 2 + c1) * (variances + c2))
    );
  }

  test("is 1 minus the mean similarity of all windows, and nothing for equal pictures", async () => {
    const graph = createGraph();
    const a = declareInput(graph, "a", [1, 2, side, side]);
    const b = declareInput(graph, "b", [1, 2, side, side]);
    const loss = structuralDissimilarity(a, b);
    const values = { a: numbers(2 * side ** 2, 1), b: numbers(2 * side ** 2, 2) };
    const [found] = await runTensor(loss, values);
    expect(found).toBeCloseTo(dissimilarity(values.a, values.b), digits);
    const [none] = await runTensor(loss, { a: values.a, b: values.a });
    expect(none).toBeCloseTo(0, digits);
  });
});
