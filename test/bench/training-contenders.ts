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
  type Provider,
  type TensorValue,
  type TensorValues,
} from "../../packages/models/src/index.ts";
import { createGraph } from "../../packages/models/src/onnx/graph.ts";
import { knownCount } from "../../packages/models/src/onnx/shape.ts";
import { insightEditLosses } from "../../packages/models/src/train/insightedit-losses.ts";
import { normalArray, uniformFrom } from "../../packages/models/src/train/random.ts";

export interface Contender {
  readonly name: string;
  /** Takes some steps; gives the milliseconds of one. */
  run(): Promise<number>;
  close(): Promise<void>;
}

/** What all contenders of a comparison have in common. */
export interface TrainingCase {
  readonly stage: "editing" | "alignment";
  /** Scenes in a step. */
  readonly batch: number;
  /** With one, the processor's time is taken; 0 for all cores, each in its own way, and the time on the clock. */
  readonly threads: number;
  readonly provider: Extract<Provider, "cpu" | "cuda">;
}

const vocabulary = 300;
const config = insightEditMini(vocabulary);
/** As `insightgraph train` has it. */
const stepsPerRun = 4;

const lossWeights = {
  alignment: { place: 0.5, point: 1, where: 4, gone: 0.3, come: 0.3, cells: 0.3, align: 0.1 },
  editing: { point: 1, where: 5, align: 0.2, draft: 0.1, diffusion: 1 },
};

const lossOptions = ({ batch, stage }: TrainingCase) => ({
  ...{ batch, stage },
  objects: 100,
  maskWeight: 4,
});

/** Random numbers in the shapes of a batch of scenes. */
function drawBatch(given: TrainingCase): TensorValues {
  const graph = createGraph();
  insightEditLosses(graph, config, lossOptions(given));
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

/** Our training steps. @param lowersForCpu Whether operators are replaced by those that are faster on a CPU. */
export async function openOurs(given: TrainingCase, lowersForCpu: boolean): Promise<Contender> {
  const { stage, threads, provider } = given;
  const { imageSize } = config.vae;
  const pictures = Array.from({ length: 4 }, (_, seed) => normalArray(3 * imageSize ** 2, seed));
  const graph = await openSession(
    emitTrainingSteps(config, {
      ...lossOptions(given),
      lowersForCpu,
      weights: lossWeights[stage],
      schedule: { steps: 1e6, rate: 1e-4, warmUp: 1, coolDown: 1 },
      optimizer: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0, clip: 1 },
      frozen: fitPatchAutoencoder(pictures, config.vae),
    }),
    { threads, provider },
  );
  const layout = insightEditLayout(config, { ...lossOptions(given), stage: "editing" });
  const average = { decay: 0.99, every: 8, warmUp: 10 };
  const options = { average, moved: movedSpan(layout, stage) };
  const trainer = createTrainer(graph, initialState(layout, 1), options);
  const made = drawBatch(given);
  return {
    name: lowersForCpu || provider !== "cpu" ? "ours" : "ours, not lowered",
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

/** The same step in PyTorch, by the interpreter that PYTHON names. */
export function openTorch(given: TrainingCase): Contender {
  const { stage, threads, provider } = given;
  const script = fileURLToPath(new URL("./training-torch.py", import.meta.url));
  const options = { ...lossOptions(given), weights: lossWeights[stage] };
  const child = spawn(
    process.env["PYTHON"] ?? "python3",
    [script, JSON.stringify(config), JSON.stringify(options), `${threads}`, provider],
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

/** Runs that lay out memory, not counted. */
const warmUp = 4;

/** Milliseconds of a step of each contender, taken in turns. */
export async function timeInTurns(
  contenders: readonly Contender[],
  repeats: number,
): Promise<readonly (readonly number[])[]> {
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < repeats + warmUp; round++) {
    for (const [at, contender] of contenders.entries()) {
      const ms = await contender.run();
      if (round >= warmUp) times[at]?.push(ms);
    }
  }
  return times;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
