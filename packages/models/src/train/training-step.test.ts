import { openSession } from "@insightgraph/engine/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildNetwork } from "../networks/define-network.ts";
import type { InsightEditConfig } from "../networks/insightedit-mini.ts";
import { insightEditTiny } from "../networks/insightedit-tiny.fixture.ts";
import { patchDecoder, patchEncoder } from "../networks/patch-autoencoder.ts";
import { toMessage } from "../onnx/emit.ts";
import { createGraph, type Tensor } from "../onnx/graph.ts";
import { numbers, openGraph, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { knownCount } from "../onnx/shape.ts";
import type { StoredTensor } from "../onnx/stored-tensor.ts";
import { decodeSafetensors, encodeSafetensors } from "../weights/safetensors.ts";
import type { GraphRunner } from "./graph-runner.ts";
import { insightEditLosses } from "./insightedit-losses.ts";
import { interactionLosses } from "./losses.ts";
import type { TensorValue, TensorValues } from "./tensor-value.ts";
import { createTrainer, type StepReport, type Trainer } from "./trainer.ts";
import { batchTensors, type TrainingStage, trainingStages } from "./training-batch.ts";
import {
  initialState,
  stateFromWeights,
  stateToWeights,
  type TrainingState,
} from "./training-state.ts";
import {
  emitTrainingSteps,
  insightEditLayout,
  type LossWeights,
  movedSpan,
} from "./training-step.ts";

const options = { batch: 2, objects: 3, maskWeight: 4, stage: "editing" } as const;
// One level is enough for a step, and opens sooner than two.
const config: InsightEditConfig = {
  ...insightEditTiny,
  unet: { ...insightEditTiny.unet, blockOutChannels: [8], attends: [true] },
};
const schedule = { steps: 100, rate: 3e-3, warmUp: 1, coolDown: 1 };

const lossGraph = createGraph();
const losses = Object.keys(insightEditLosses(lossGraph, config, options));
const optimizer = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.01, clip: 1 };

function weightsOf(stage: TrainingStage, hasInteraction = true): LossWeights {
  const names = Object.keys(
    insightEditLosses(createGraph(), config, { ...options, stage, hasInteraction }),
  );
  return Object.fromEntries(names.map((name) => [name, 1]));
}

/** A batch as the losses' graph asks for it; shares and levels lie in [0, 1]. */
function batchAt(step: number): TensorValues {
  const shares = new Set(["where", "mask", "keepText", "keepSource", "signal", "spread"]);
  const made = lossGraph.inputs.map(({ name, dtype, shape }, index): [string, TensorValue] => {
    const drawn = numbers(knownCount(shape), 31 * step + index);
    const sizes = shape.map(Number);
    if (dtype === "int64") {
      const labels = drawn.map((value) => BigInt(Math.floor(1.9 * (value + 1))));
      return [name, { dtype, shape: sizes, data: BigInt64Array.from(labels) }];
    }
    const scaled = drawn.map((value) => {
      if (name === "timestep") return 500 * (value + 1);
      return shares.has(name) ? Math.min(1, Math.abs(value)) : value;
    });
    return [name, { dtype: "float32", shape: sizes, data: Float32Array.from(scaled) }];
  });
  return Object.fromEntries(made);
}

/** A batch of the decoding stage, from the tensors that it shares with the editing stage. */
function decodingBatch(): TensorValues {
  const { source, target, ids, noise, imageScale } = batchAt(0) as Record<string, TensorValue>;
  const isPredicted = { dtype: "float32", shape: [2, 1, 1, 1], data: Float32Array.of(0, 1) };
  return { source, target, ids, noise, imageScale, isPredicted } as TensorValues;
}

function autoencoder(): ReadonlyMap<string, StoredTensor> {
  const graphs = [
    buildNetwork(patchEncoder, config.vae, "vae").graph,
    buildNetwork(patchDecoder, config.vae, "vae").graph,
  ];
  const stored = graphs.flatMap((graph) => {
    const drawn = trainedWeights(graph);
    return [...graph.weights].map(([path, { tensor }]): [string, StoredTensor] => {
      const data = new Uint8Array(Float32Array.from(drawn[path] ?? []).buffer);
      return [path, { dtype: "float32", shape: tensor.shape.map(Number), data }];
    });
  });
  return new Map(stored);
}

const layout = insightEditLayout(config, options);

describe("insightEditLayout", () => {
  test("is the same for all stages, and leaves the autoencoder out", () => {
    const alignment = insightEditLayout(config, { ...options, stage: "alignment" });
    expect(alignment).toEqual(layout);
    const roots = new Set(layout.parameters.map(({ path }) => path.split(".")[0]));
    expect([...roots].sort()).toEqual(["bridges", "decoder", "mllm", "train", "unet"]);
    expect(layout.parameters.map(({ path }) => path)).toContain("bridges.null_text");
  });
});

const batches = (from: number, to: number, stage: TrainingStage = "editing"): TensorValues[] =>
  Array.from({ length: to - from }, (_, at) =>
    Object.fromEntries(
      Object.entries(batchAt(from + at)).filter(([name]) => name in batchTensors[stage]),
    ),
  );

const emit = (stage: TrainingStage, rate = schedule.rate): Uint8Array =>
  emitTrainingSteps(config, {
    ...options,
    stage,
    weights: weightsOf(stage),
    optimizer,
    frozen: autoencoder(),
    schedule: { ...schedule, rate },
  });

const vectors = ["parameters", "first", "second", "average"] as const;
const bytesOf = (vector: Float32Array): Buffer => Buffer.from(vector.slice().buffer);

// Compared as bytes: toEqual walks long arrays slowly.
function expectSame(found: TrainingState, wanted: TrainingState): void {
  expect(found.step).toBe(wanted.step);
  for (const name of vectors) {
    expect([name, bytesOf(found[name]).equals(bytesOf(wanted[name]))]).toEqual([name, true]);
  }
}

const broken = (batch: TensorValues): TensorValues => {
  const noise = batch["noise"] as TensorValue;
  const data = (noise.data as Float32Array).map(() => Number.NaN);
  return { ...batch, noise: { ...noise, data } };
};

describe("emitTrainingSteps", () => {
  let graph: GraphRunner;
  beforeAll(async () => {
    graph = await openSession(emit("editing"), { threads: 1 });
  });
  afterAll(() => graph.close());

  const begin = (
    from: TrainingState = initialState(layout, 1),
    opened = graph,
    stage: TrainingStage = "editing",
  ): Trainer =>
    createTrainer(opened, from, {
      average: { decay: 0.9, every: 8, warmUp: 10 },
      moved: movedSpan(layout, stage),
    });

  test("[T2] moves what the stage trains and nothing else", async () => {
    const before = initialState(layout, 1);
    const trainer = begin();
    await trainer.advance(batches(0, 2));
    const roots = new Set<string>();
    for (const { path, offset, count } of layout.parameters) {
      const run = (from: Float32Array): Buffer => bytesOf(from.slice(offset, offset + count));
      const isMoved = !run(trainer.state.parameters).equals(run(before.parameters));
      if (isMoved) roots.add(path.split(".")[0] ?? "");
      expect(isMoved && path.startsWith("mllm."), path).toBe(false);
    }
    expect([...roots].sort()).toEqual(["bridges", "train", "unet"]);
  });

  test("[T2] decoding moves the decoder alone, and lowers its losses", async () => {
    const opened = await openSession(emit("decoding", 1e-2), { threads: 1 });
    const before = initialState(layout, 1);
    const trainer = begin(undefined, opened, "decoding");
    const reports = await trainer.advance(Array.from({ length: 30 }, () => decodingBatch()));
    await opened.close();
    const total = ({ losses: found }: StepReport): number =>
      Object.values(found).reduce((sum, loss) => sum + loss, 0);
    const [first, last] = [reports[0], reports.at(-1)];
    if (first === undefined || last === undefined) throw new RangeError();
    expect(Object.keys(first.losses)).toEqual(["pixels", "structure"]);
    expect(total(last)).toBeLessThan(0.8 * total(first));
    const { start, end } = movedSpan(layout, "decoding");
    const rest = (vector: Float32Array): Buffer[] =>
      [vector.subarray(0, start), vector.subarray(end)].map(bytesOf);
    expect(rest(trainer.state.parameters)).toEqual(rest(before.parameters));
    const moved = layout.parameters.filter(({ offset }) => offset >= start && offset < end);
    expect(moved.every(({ path }) => path.startsWith("decoder."))).toBe(true);
  });

  test("[T6] goes on from a checkpoint to the last bit", async () => {
    const whole = begin();
    const expected = await whole.advance(batches(0, 18));
    const before = begin();
    const reports = [...(await before.advance(batches(0, 7)))];
    const bytes = encodeSafetensors(stateToWeights(layout, before.state));
    const after = begin(stateFromWeights(layout, decodeSafetensors(bytes)));
    reports.push(...(await after.advance(batches(7, 18))));
    expect(reports).toEqual(expected);
    expectSame(after.state, whole.state);
  });

  test.each(["alignment", "editing"] as const)(
    "[T7] %s in one run ends, to the bit, where as many runs of one step end",
    async (stage) => {
      const opened = await openSession(emit(stage), { threads: 1 });
      const [single, looped] = [0, 1].map(() => begin(undefined, opened, stage));
      if (single === undefined || looped === undefined) throw new RangeError();
      const expected: StepReport[] = [];
      for (const batch of batches(0, 18, stage)) expected.push(...(await single.advance([batch])));
      // Runs of 3, 5, 8 and 2 steps: the average moves at the ends of the second and the third.
      const found = [...(await looped.advance(batches(0, 3, stage)))];
      found.push(...(await looped.advance(batches(3, 18, stage))));
      expect(found).toEqual(expected);
      expectSame(looped.state, single.state);
      await opened.close();
    },
  );

  test("learns one batch by heart", async () => {
    const opened = await openSession(emit("editing", 1e-2), { threads: 1 });
    const batch = batchAt(0);
    const trainer = begin(initialState(layout, 2), opened);
    const reports = await trainer.advance(Array.from({ length: 40 }, () => batch));
    await opened.close();
    const [first = {}, last = {}] = [reports[0]?.losses, reports.at(-1)?.losses];
    expect(Object.keys(first)).toEqual(losses);
    const total = (found: StepReport["losses"]): number =>
      Object.values(found).reduce((sum, loss) => sum + loss, 0);
    expect(total(last)).toBeLessThan(0.7 * total(first));
    expect(last["diffusion"]).toBeLessThan(0.7 * (first["diffusion"] ?? 0));
  });

  test("[T5] stays before the run in which a batch is broken", async () => {
    const trainer = begin();
    await trainer.advance(batches(0, 2));
    const { step, ...before } = trainer.state;
    const copies = vectors.map((name) => [name, before[name].slice()] as const);
    const kept = { step, ...Object.fromEntries(copies) } as TrainingState;
    const run = [batchAt(2), broken(batchAt(3)), batchAt(4)];
    await expect(trainer.advance(run)).rejects.toMatchObject({
      code: "train.not-finite",
      what: "the gradient of step 3 is not finite.",
    });
    expectSame(trainer.state, kept);
  });
});

describe("a stage's losses and its batch", () => {
  test("[T4] refuse the weight of a loss that the stage does not have", () => {
    const emitWith = (hasInteraction: boolean, weights: object) => () =>
      emitTrainingSteps(config, {
        ...options,
        stage: "alignment",
        hasInteraction,
        weights,
        optimizer,
        schedule,
        frozen: autoencoder(),
      });
    const refusal = (at: string) => expect.objectContaining({ code: "train.losses", at });
    expect(emitWith(true, { diffusion: 1 })).toThrow(refusal("diffusion"));
    expect(emitWith(true, { plase: 1 })).toThrow(refusal("plase"));
    for (const name of interactionLosses) {
      expect(emitWith(false, { [name]: 1 })).toThrow(refusal(name));
    }
    expect(emitWith(false, weightsOf("alignment", false))).not.toThrow();
  });

  const cases = trainingStages.flatMap((stage) => [
    [stage, true] as const,
    [stage, false] as const,
  ]);
  test.each(cases)(
    "[T3] %s (with the interaction: %s) reads each tensor of its batch",
    (stage, hasInteraction) => {
      const graph = createGraph();
      const found = insightEditLosses(graph, config, { ...options, stage, hasInteraction });
      const { inputs } = toMessage(graph, found as Readonly<Record<string, Tensor>>);
      const read = inputs.map(({ name }) => name).filter((name) => !graph.weights.has(name));
      expect(read.sort()).toEqual(Object.keys(batchTensors[stage]).sort());
    },
  );
});

describe("insightEditLosses", () => {
  test("counts an error in the draft more in the very cell that was edited", async () => {
    const graph = createGraph();
    const { draft } = insightEditLosses(graph, config, {
      ...options,
      batch: 1,
      stage: "alignment",
    });
    if (draft === undefined) throw new RangeError();
    const opened = await openGraph(graph, { draft });
    const side = config.vae.imageSize;
    const patch = side / config.bridges.interaction.grid;
    // Only the vision cell in row 1, column 2 changes.
    const target = Array.from({ length: 3 * side ** 2 }, (_, at) => {
      const [y, x] = [Math.floor(at / side) % side, at % side];
      return Math.floor(y / patch) === 1 && Math.floor(x / patch) === 2 ? 1 : 0;
    });
    const drawn = trainedWeights(graph);
    const silent = ["train.draft.weight", "train.draft.bias", "vae.encoder.conv_in.bias"];
    const values = {
      ...drawn,
      ...Object.fromEntries(silent.map((name) => [name, Array.from(drawn[name] ?? [], () => 0)])),
      source: target.map(() => 0),
      target,
      ids: [1, 2, 3],
    };
    const lossWith = async (cell?: number): Promise<number> => {
      const where = Array.from({ length: 16 }, (_, at) => (at === cell ? 1 : 0));
      return (await opened.run({ ...values, where }))["draft"]?.[0] ?? Number.NaN;
    };
    const plain = await lossWith();
    expect(plain).toBeGreaterThan(0.01);
    // Weight 1 + maskWeight where the change is, 1 elsewhere, where there is no change.
    expect((await lossWith(4 + 2)) / plain).toBeCloseTo(5, 4);
    for (const other of [0, 5, 7, 9, 2 * 4 + 1]) {
      expect((await lossWith(other)) / plain).toBeCloseTo(1, 4);
    }
    await opened.close();
  });
});
