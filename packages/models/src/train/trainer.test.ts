import { openSession } from "@insightgraph/engine/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { gradients } from "../autodiff/reverse.ts";
import { linear } from "../layers/linear.ts";
import { createGraph, declareInput, type Tensor } from "../onnx/graph.ts";
import { numbers } from "../onnx/run-graph.fixture.ts";
import { weightsAt } from "../onnx/weights.ts";
import {
  bindFlatParameters,
  flattenGradients,
  layOutParameters,
  type ParameterLayout,
} from "./flat-parameters.ts";
import type { GraphRunner } from "./graph-runner.ts";
import type { TrainingSchedule } from "./learning-rate.ts";
import { squaredError } from "./losses.ts";
import { emitOptimizationSteps } from "./optimization-steps.ts";
import type { TensorValues } from "./tensor-value.ts";
import { createTrainer } from "./trainer.ts";
import { initialState, type TrainingState } from "./training-state.ts";

const schedule: TrainingSchedule = { steps: 60, rate: 0.1, warmUp: 4, coolDown: 20 };
const optimizer = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.01, clip: 1 };
const options = { average: { decay: 0.999, every: 8, warmUp: 10 } };

/** A straight line through points: y = 3 x0 - 2 x1 + 1. */
function lineSteps(): { readonly onnx: Uint8Array; readonly layout: ParameterLayout } {
  const graph = createGraph();
  const x = declareInput(graph, "x", [8, 2]);
  const y = linear(weightsAt(graph, "line"), x, { out: 1 });
  const loss = squaredError(y, declareInput(graph, "y", [8, 1]));
  const layout = layOutParameters(graph, () => true);
  const trained = layout.parameters.map(({ path }) => path);
  const slopes = gradients(
    loss,
    trained.map((path) => graph.weights.get(path)?.tensor as Tensor),
  );
  const found = new Map(trained.map((path, at) => [path, slopes[at] as Tensor]));
  const gradient = flattenGradients(graph, layout, found);
  const parameters = bindFlatParameters(graph, layout, "parameters");
  const onnx = emitOptimizationSteps(graph, {
    parameters,
    gradient,
    schedule,
    optimizer,
    losses: { error: loss },
  });
  return { onnx, layout };
}

function batchAt(step: number, broken?: number): TensorValues {
  const points = Float32Array.from(numbers(16, step));
  const y = Float32Array.from({ length: 8 }, (_, row) => {
    return 3 * (points[2 * row] ?? 0) - 2 * (points[2 * row + 1] ?? 0) + 1;
  });
  if (broken !== undefined) y[3] = broken;
  return {
    x: { dtype: "float32", shape: [8, 2], data: points },
    y: { dtype: "float32", shape: [8, 1], data: y },
  };
}

const copyOf = (state: TrainingState): TrainingState => ({
  step: state.step,
  parameters: state.parameters.slice(),
  first: state.first.slice(),
  second: state.second.slice(),
  average: state.average.slice(),
});

describe("createTrainer", () => {
  const { onnx, layout } = lineSteps();
  let graph: GraphRunner;
  beforeAll(async () => {
    graph = await openSession(onnx, { threads: 1 });
    return () => graph.close();
  });

  test("finds the line, and reports each step", async () => {
    const trainer = createTrainer(graph, initialState(layout, 1), options);
    const batches = Array.from({ length: schedule.steps }, (_, step) => batchAt(step));
    const reports = await trainer.advance(batches);
    expect(reports.map(({ step }) => step)).toEqual(batches.map((_, step) => step));
    const rates = [0, 1, 4, 50].map((step) => reports[step]?.rate.toFixed(6));
    expect(rates).toEqual(["0.025000", "0.050000", "0.100000", "0.050000"]);
    const [first = {}, last = {}] = [reports[0]?.losses, reports.at(-1)?.losses];
    expect(Object.keys(first)).toEqual(["error"]);
    expect(trainer.state.step).toBe(schedule.steps);
    expect(last["error"]).toBeLessThan((first["error"] ?? 0) / 100);
    [3, -2, 1].forEach((value, at) => {
      // What sixty clipped steps reach; the exact line is their limit.
      expect(Math.abs((trainer.state.parameters[at] ?? 0) - value)).toBeLessThan(0.3);
    });
  });

  test("moves its average towards the parameters at every eighth step", async () => {
    const start = initialState(layout, 1);
    const trainer = createTrainer(graph, copyOf(start), options);
    await trainer.advance([0, 1, 2, 3, 4, 5, 6].map((step) => batchAt(step)));
    expect(trainer.state.average).toEqual(start.average);
    await trainer.advance([batchAt(7)]);
    // A young average keeps 8/18 a step, eight steps at once.
    const share = 1 - (8 / 18) ** 8;
    trainer.state.average.forEach((value, at) => {
      const [old, now] = [start.parameters[at] ?? 0, trainer.state.parameters[at] ?? 0];
      expect(value).toBeCloseTo(old + share * (now - old), 6);
    });
  });

  test("moves its average as often as it is told", async () => {
    const start = initialState(layout, 1);
    const average = { decay: 0.25, every: 2, warmUp: 1 };
    const trainer = createTrainer(graph, copyOf(start), { average });
    await trainer.advance([batchAt(0)]);
    expect(trainer.state.average).toEqual(start.average);
    await trainer.advance([batchAt(1)]);
    trainer.state.average.forEach((value, at) => {
      const [old, now] = [start.parameters[at] ?? 0, trainer.state.parameters[at] ?? 0];
      expect(value).toBeCloseTo(old + (1 - 0.25 ** 2) * (now - old), 6);
    });
  });

  test.each<[string, string, (batch: TensorValues) => TensorValues]>([
    ["lacks a tensor", "y", ({ x }) => ({ x }) as TensorValues],
    ["has one that nothing reads", "z", (batch) => ({ ...batch, z: batch["x"] }) as TensorValues],
    [
      "feeds the state",
      "parameters",
      (batch) => ({ ...batch, parameters: batch["x"] }) as TensorValues,
    ],
    [
      "has another shape than the first",
      "x",
      (batch) => ({ ...batch, x: { ...batch["x"], shape: [16, 1] } }) as TensorValues,
    ],
  ])("[T3] refuses a batch that %s, and stays where it was", async (_, at, spoil) => {
    const trainer = createTrainer(graph, initialState(layout, 1), options);
    const before = copyOf(trainer.state);
    const spoilt = trainer.advance([batchAt(0), spoil(batchAt(1))]);
    await expect(spoilt).rejects.toMatchObject({ code: "train.batch", at });
    expect(copyOf(trainer.state)).toEqual(before);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 3e30])(
    "[T5] stays where it was on %s",
    async (broken) => {
      const trainer = createTrainer(graph, initialState(layout, 1), options);
      await trainer.advance([batchAt(0)]);
      const before = copyOf(trainer.state);
      const failed = trainer.advance([batchAt(1, broken)]);
      await expect(failed).rejects.toMatchObject({ name: "ModelError", code: "train.not-finite" });
      expect(copyOf(trainer.state)).toEqual(before);
      const other = createTrainer(graph, copyOf(before), options);
      expect(await trainer.advance([batchAt(1)])).toEqual(await other.advance([batchAt(1)]));
      expect(copyOf(trainer.state)).toEqual(copyOf(other.state));
    },
  );
});
