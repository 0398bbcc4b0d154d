import { expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { runTensor } from "../onnx/run-graph.fixture.ts";
import { timestepEmbedding } from "./timestep-embedding.ts";

test("puts cosines before sines, from fast to slow", async () => {
  const timestep = declareInput(createGraph(), "timestep", ["N"]);
  const y = timestepEmbedding(timestep, 4);
  expect(y.shape).toEqual(["N", 4]);
  // Frequencies 1 and 10000^(-1/2) = 1/100; fractions of a timestep are allowed.
  const found = await runTensor(y, { timestep: [0, 2, 0.5] });
  const row = (t: number): readonly number[] => [
    Math.cos(t),
    Math.cos(t / 100),
    Math.sin(t),
    Math.sin(t / 100),
  ];
  [...row(0), ...row(2), ...row(0.5)].forEach((value, at) => {
    // Single precision.
    expect(found[at]).toBeCloseTo(value, 6);
  });
});

test("holds at the last timestep, where angles are large", async () => {
  const timestep = declareInput(createGraph(), "timestep", ["N"]);
  const found = await runTensor(timestepEmbedding(timestep, 320), { timestep: [999] });
  // An angle of 999 in single precision is known to 3e-5.
  expect(found[0]).toBeCloseTo(Math.cos(999), 4);
  expect(found[1]).toBeCloseTo(Math.cos(999 * 10_000 ** (-1 / 160)), 3);
  expect(found[160]).toBeCloseTo(Math.sin(999), 4);
});
