// Prints what a training step of insightedit-mini costs on this machine, beside the same step in PyTorch and the step
// without lowering, taken in turns:
// `npx tsx --conditions=@insightgraph/source test/bench/training.ts [repeats] [batch] [threads] [stage]`.
// Without threads, or with 0, each takes all cores in its own way, as `insightgraph train` does. With one thread the
// processor's time is taken, which other programs do not disturb; else the time on the clock.
// PYTHON names an interpreter with test/parity/requirements.txt installed.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { openSession } from "../../packages/engine/src/runtime.ts";
import {
  createTrainer,
  emitTrainingSteps,
  fitPatchAutoencoder,
  initialState,
  insightEditLayout,
  insightEditMini,
  movedSpan,
  type TensorValue,
  type TensorValues,
  type TrainingStage,
} from "../../packages/models/src/index.ts";
import { createGraph } from "../../packages/models/src/onnx/graph.ts";
import { knownCount } from "../../packages/models/src/onnx/shape.ts";
import { insightEditLosses } from "../../packages/models/src/train/insightedit-losses.ts";
import { normalArray, uniformFrom } from "../../packages/models/src/train/random.ts";

interface Contender {
  readonly name: string;
  /** Takes some steps; gives the milliseconds of one. */
  run(): Promise<number>;
  close(): Promise<void>;
}

const vocabulary = 300;
const config = insightEditMini(vocabulary);
const [repeats = 8, batch = 32, threads = 0] = process.argv.slice(2, 5).map(Number);
const stages = (["editing", "alignment"] as const).filter(
  (stage) => (process.argv[5] ?? stage) === stage,
);
const shared = { batch, objects: 100, maskWeight: 4 };
/** As `insightgraph train` has it. */
const stepsPerRun = 4;
/** Runs that lay out memory, not counted. */
const warmUp = 4;

const lossWeights = {
  alignment: { place: 0.5, point: 1, where: 4, gone: 0.3, come: 0.3, cells: 0.3, align: 0.1 },
  editing: { point: 1, where: 5, align: 0.2, draft: 0.1, diffusion: 1 },
};

/** Random numbers in the shapes of a batch of scenes. */
function drawBatch(stage: TrainingStage): TensorValues {
  const graph = createGraph();
  insightEditLosses(graph, config, { ...shared, stage });
  const tensors = graph.inputs.map(({ name, dtype, shape }, seed): [string, TensorValue] => {
    const [sizes, count] = [shape.map(Number), knownCount(shape)];
    if (dtype === "int64") {
      const uniform = uniformFrom(seed);
      const data = BigInt64Array.from({ length: count }, () => BigInt(Math.floor(90 * uniform())));
      return [name, { dtype, shape: sizes, data }];
    }
    const data = normalArray(count, seed).map((value) =>
      name === "source" || name === "target" ? value : Math.abs(value) % 1,
    );
    return [name, { dtype: "float32", shape: sizes, data }];
  });
  return Object.fromEntries(tensors);
}

async function ours(stage: TrainingStage, lowersForCpu: boolean): Promise<Contender> {
  const { imageSize } = config.vae;
  const pictures = Array.from({ length: 4 }, (_, seed) => normalArray(3 * imageSize ** 2, seed));
  const graph = await openSession(
    emitTrainingSteps(config, {
      ...shared,
      stage,
      lowersForCpu,
      weights: lossWeights[stage],
      schedule: { steps: 1e6, rate: 1e-4, warmUp: 1, coolDown: 1 },
      optimizer: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0, clip: 1 },
      autoencoder: fitPatchAutoencoder(pictures, config.vae),
    }),
    { threads },
  );
  const layout = insightEditLayout(config, { ...shared, stage: "editing" });
  const options = {
    average: { decay: 0.99, every: 8, warmUp: 10 },
    moved: movedSpan(layout, stage),
  };
  const trainer = createTrainer(graph, initialState(layout, 1), options);
  const made = drawBatch(stage);
  return {
    name: lowersForCpu ? "ours" : "ours, not lowered",
    async run() {
      const [start, used] = [performance.now(), process.cpuUsage()];
      await trainer.advance(Array.from({ length: stepsPerRun }, () => made));
      const { user, system } = process.cpuUsage(used);
      const ms = threads === 1 ? (user + system) / 1000 : performance.now() - start;
      return ms / stepsPerRun;
    },
    close: () => graph.close(),
  };
}

/** Large buffers stay in the process: faulting them in anew takes PyTorch most of its time on a small machine. */
const keepMemory = {
  MALLOC_MMAP_MAX_: "0",
  MALLOC_TRIM_THRESHOLD_: "8589934592",
  MALLOC_TOP_PAD_: "268435456",
};

function torch(stage: TrainingStage): Contender {
  const script = fileURLToPath(new URL("./training-torch.py", import.meta.url));
  const options = { ...shared, stage, weights: lossWeights[stage] };
  const child = spawn(
    process.env["PYTHON"] ?? "python3",
    [script, JSON.stringify(config), JSON.stringify(options), `${threads}`],
    { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, ...keepMemory } },
  );
  // An interpreter that cannot start is told by its lines, which end.
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    name: "PyTorch",
    async run() {
      child.stdin.write("\n".repeat(stepsPerRun));
      let ms = 0;
      for (let step = 0; step < stepsPerRun; step++) {
        const { value, done } = await lines.next();
        if (done) {
          throw new Error("PyTorch did not start: set PYTHON to an interpreter that has it");
        }
        ms += Number(value.split(" ")[0]);
      }
      return ms / stepsPerRun;
    },
    async close() {
      child.stdin.end();
    },
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

for (const stage of stages) {
  const contenders = [await ours(stage, true), torch(stage)];
  if (stage === "editing") contenders.push(await ours(stage, false));
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < repeats + warmUp; round++) {
    for (const [at, contender] of contenders.entries()) {
      const ms = await contender.run();
      if (round >= warmUp) times[at]?.push(ms);
    }
  }
  const [own = []] = times;
  contenders.forEach(({ name }, at) => {
    const taken = times[at] ?? [];
    const best = ((1000 * batch) / Math.min(...taken)).toFixed(1);
    const usual = ((1000 * batch) / median(taken)).toFixed(1);
    const ratio = (median(taken) / median(own)).toFixed(2);
    console.log(`${stage}, ${name}: ${usual} samples/s (best ${best}); ours is ${ratio} times it`);
  });
  await Promise.all(contenders.map((contender) => contender.close()));
}
