import { openSession } from "@insightgraph/engine/runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildNetwork } from "../networks/define-network.ts";
import type { InsightEditConfig } from "../networks/insightedit-mini.ts";
import { insightEditTiny } from "../networks/insightedit-tiny.fixture.ts";
import { patchEncoder } from "../networks/patch-autoencoder.ts";
import { createGraph } from "../onnx/graph.ts";
import { numbers, openGraph, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { knownCount } from "../onnx/shape.ts";
import type { StoredTensor } from "../onnx/stored-tensor.ts";
import { decodeSafetensors, encodeSafetensors } from "../weights/safetensors.ts";
import type { HostTensor, HostTensors, RunnableGraph } from "./graph-runner.ts";
import { insightEditLosses } from "./insightedit-losses.ts";
import { createTrainer, type StepReport, type Trainer, type TrainingSchedule } from "./trainer.ts";
import { initialState, stateFromWeights, stateToWeights } from "./training-state.ts";
import {
  emitTrainingStep,
  emitTrainingSteps,
  insightEditLayout,
  movedSpan,
} from "./training-step.ts";

const options = { batch: 2, objects: 3, maskWeight: 4, stage: "editing" } as const;
// One level is enough for a step, and opens sooner than two.
const config: InsightEditConfig = {
  ...insightEditTiny,
  unet: { ...insightEditTiny.unet, blockOutChannels: [8], attends: [true] },
};
const schedule: TrainingSchedule = {
  steps: 100,
  rate: 3e-3,
  warmUp: 1,
  coolDown: 1,
  beta1: 0.9,
  beta2: 0.99,
  averageDecay: 0.9,
};

const lossGraph = createGraph();
const losses = Object.keys(insightEditLosses(lossGraph, config, options));
const weights = Object.fromEntries(losses.map((name) => [name, 1]));

/** A batch as the losses' graph asks for it; shares and levels lie in [0, 1]. */
function batchAt(step: number): HostTensors {
  const shares = new Set(["where", "mask", "keepText", "keepSource", "signal", "spread"]);
  const made = lossGraph.inputs.map(({ name, dtype, shape }, index): [string, HostTensor] => {
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

function autoencoder(): ReadonlyMap<string, StoredTensor> {
  const { graph } = buildNetwork(patchEncoder, config.vae, "vae");
  const drawn = trainedWeights(graph);
  const stored = [...graph.weights].map(([path, { tensor }]): [string, StoredTensor] => {
    const data = new Uint8Array(Float32Array.from(drawn[path] ?? []).buffer);
    return [path, { dtype: "float32", shape: tensor.shape.map(Number), data }];
  });
  return new Map(stored);
}

const layout = insightEditLayout(config, options);

describe("insightEditLayout", () => {
  it("is the same for both stages, and leaves the autoencoder out", () => {
    const alignment = insightEditLayout(config, { ...options, stage: "alignment" });
    expect(alignment).toEqual(layout);
    const roots = new Set(layout.parameters.map(({ path }) => path.split(".")[0]));
    expect([...roots].sort()).toEqual(["bridges", "mllm", "train", "unet"]);
    expect(layout.parameters.map(({ path }) => path)).toContain("bridges.null_text");
  });
});

describe("emitTrainingStep", () => {
  let graph: RunnableGraph;
  beforeAll(async () => {
    const step = { ...options, weights, autoencoder: autoencoder() };
    graph = await openSession(emitTrainingStep(config, step), { threads: 1 });
  }, 120_000);
  afterAll(() => graph.close());

  const moved = movedSpan(layout, "editing");

  it("moves what the stage trains and nothing else", async () => {
    const before = initialState(layout, 1);
    const trainer = createTrainer(graph, initialState(layout, 1), schedule, moved);
    await trainer.advance(batchAt(0));
    await trainer.advance(batchAt(1));
    const roots = new Set<string>();
    for (const { path, offset, count } of layout.parameters) {
      const run = (from: Float32Array): Buffer =>
        Buffer.from(from.slice(offset, offset + count).buffer);
      const isMoved = !run(trainer.state.parameters).equals(run(before.parameters));
      if (isMoved) roots.add(path.split(".")[0] ?? "");
      expect(isMoved && path.startsWith("mllm."), path).toBe(false);
    }
    expect([...roots].sort()).toEqual(["bridges", "train", "unet"]);
  });

  const advance = async (trainer: Trainer, to: number): Promise<readonly StepReport[]> => {
    const reports: StepReport[] = [];
    while (trainer.state.step < to)
      reports.push(await trainer.advance(batchAt(trainer.state.step)));
    return reports;
  };

  it("goes on from a checkpoint to the last bit", async () => {
    const whole = createTrainer(graph, initialState(layout, 1), schedule, moved);
    const expected = await advance(whole, 18);
    const before = createTrainer(graph, initialState(layout, 1), schedule, moved);
    const reports = [...(await advance(before, 7))];
    const bytes = encodeSafetensors(stateToWeights(layout, before.state));
    const state = stateFromWeights(layout, decodeSafetensors(bytes));
    const after = createTrainer(graph, state, schedule, moved);
    reports.push(...(await advance(after, 18)));
    expect(reports).toEqual(expected);
    for (const part of ["parameters", "first", "second", "average"] as const) {
      // Compared as bytes: toEqual walks long arrays slowly.
      const [found, wanted] = [after.state[part], whole.state[part]].map((vector) =>
        Buffer.from(vector.buffer),
      );
      expect([part, wanted !== undefined && found?.equals(wanted)]).toEqual([part, true]);
    }
  });

  it("learns one batch by heart", async () => {
    const trainer = createTrainer(
      graph,
      initialState(layout, 2),
      { ...schedule, rate: 1e-2 },
      moved,
    );
    const batch = batchAt(0);
    const first = await trainer.advance(batch);
    let last = first;
    for (let step = 1; step < 40; step++) last = await trainer.advance(batch);
    expect(Object.keys(first.losses)).toEqual(losses);
    const total = (report: StepReport): number =>
      Object.values(report.losses).reduce((sum, loss) => sum + loss, 0);
    expect(total(last)).toBeLessThan(0.7 * total(first));
    expect(last.losses["diffusion"]).toBeLessThan(0.7 * (first.losses["diffusion"] ?? 0));
  });

  it("stays where it was when a batch is broken", async () => {
    const trainer = createTrainer(graph, initialState(layout, 1), schedule, moved);
    const { parameters } = initialState(layout, 1);
    const batch = batchAt(0);
    const noise = batch["noise"] as HostTensor;
    const broken = { ...noise, data: (noise.data as Float32Array).map(() => Number.NaN) };
    await expect(trainer.advance({ ...batch, noise: broken })).rejects.toMatchObject({
      code: "train.not-finite",
    });
    expect(trainer.state.step).toBe(0);
    expect(
      Buffer.from(trainer.state.parameters.buffer).equals(Buffer.from(parameters.buffer)),
    ).toBe(true);
  });
});

describe("emitTrainingSteps", () => {
  const parts = ["parameters", "first", "second", "average"] as const;
  const batches = (from: number, to: number): HostTensors[] =>
    Array.from({ length: to - from }, (_, at) => batchAt(from + at));
  const options1 = { ...options, weights, autoencoder: autoencoder() };

  it.each(["alignment", "editing"] as const)(
    "%s in one run ends, to the bit, where as many runs of one step end",
    async (stage) => {
      const step = { ...options1, stage };
      const [one, many] = await Promise.all([
        openSession(emitTrainingStep(config, step), { threads: 1 }),
        openSession(emitTrainingSteps(config, step), { threads: 1 }),
      ]);
      const moved = movedSpan(layout, stage);
      const single = createTrainer(one, initialState(layout, 1), schedule, moved);
      const looped = createTrainer(many, initialState(layout, 1), schedule, moved);
      // Runs of 3, 5, 8 and 2 steps: the average moves at the ends of the second and the third.
      const expected = await single.advanceBy(batches(0, 18));
      const found = [...(await looped.advanceBy(batches(0, 3)))];
      found.push(...(await looped.advanceBy(batches(3, 18))));
      expect(found).toEqual(expected);
      expect(looped.state.step).toBe(18);
      for (const part of parts) {
        const [a, b] = [single.state[part], looped.state[part]].map((v) => Buffer.from(v.buffer));
        expect([part, b !== undefined && a?.equals(b)]).toEqual([part, true]);
      }
      await Promise.all([one.close(), many.close()]);
    },
  );

  it("stays before the run in which a batch is broken", async () => {
    const many = await openSession(emitTrainingSteps(config, options1), { threads: 1 });
    const trainer = createTrainer(
      many,
      initialState(layout, 1),
      schedule,
      movedSpan(layout, "editing"),
    );
    await trainer.advanceBy(batches(0, 2));
    const before = parts.map((part) => Buffer.from(trainer.state[part].slice().buffer));
    const noise = batchAt(3)["noise"] as HostTensor;
    const broken = { ...noise, data: (noise.data as Float32Array).map(() => Number.NaN) };
    const run = [batchAt(2), { ...batchAt(3), noise: broken }, batchAt(4)];
    await expect(trainer.advanceBy(run)).rejects.toMatchObject({
      code: "train.not-finite",
      what: "the gradient of step 3 is not finite.",
    });
    expect(trainer.state.step).toBe(2);
    parts.forEach((part, at) => {
      expect(Buffer.from(trainer.state[part].buffer).equals(before[at] as Buffer), part).toBe(true);
    });
    await many.close();
  });
});

describe("insightEditLosses", () => {
  it("counts an error in the draft more in the very cell that was edited", async () => {
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
