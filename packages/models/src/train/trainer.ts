import { ModelError } from "../errors.ts";
import type { Span } from "./flat-parameters.ts";
import type { GraphRunner } from "./graph-runner.ts";
import { checkBatches, stackBatches } from "./stack-batches.ts";
import type { TensorValue, TensorValues } from "./tensor-value.ts";
import type { TrainingState } from "./training-state.ts";
import { type AverageOptions, averageShare, moveAverage } from "./weight-average.ts";

/** What is known of a step after it. */
export interface StepReport {
  /** Steps done before. */
  readonly step: number;
  /** Learning rate. */
  readonly rate: number;
  /** Length of the gradient before clipping. */
  readonly norm: number;
  readonly losses: Readonly<Record<string, number>>;
}

const vector = (data: Float32Array): TensorValue => ({
  dtype: "float32",
  shape: [data.length],
  data,
});
const single = (value: number): TensorValue => vector(Float32Array.of(value));

/** The report of one step of a run. */
function reportOf(found: TensorValues, step: number, turn: number): StepReport {
  const at = (name: string): number => Number(found[name]?.data[turn]);
  const norm = at("norm");
  if (!Number.isFinite(norm)) {
    throw new ModelError("train.not-finite", `the gradient of step ${step} is not finite.`, {
      at: "norm",
      hint: "Resume from the last checkpoint with a lower learning rate.",
    });
  }
  const losses = Object.fromEntries(
    Object.keys(found)
      .filter((name) => name.startsWith("loss."))
      .map((name) => [name.slice("loss.".length), at(name)]),
  );
  return { step, rate: at("rate"), norm, losses };
}

/** How a trainer moves the weights. */
export interface TrainerOptions {
  readonly average: AverageOptions;
  /** The run of the vectors that the graph moves. @default all */
  readonly moved?: Span;
}

/** A training run between two steps. */
export interface Trainer {
  readonly state: TrainingState;
  /**
   * Takes a step for each batch, many in one run of the graph.
   * Throws: train.batch, when a batch has other tensors than the graph reads; train.not-finite, and the state stays as it
   * was before the run in which it happened.
   */
  advance(batches: readonly TensorValues[]): Promise<readonly StepReport[]>;
}

type Vectors = Omit<TrainingState, "step">;

/** The moved run of the vectors under the graph's names, going in and coming out. */
function exchange({ start, end }: Span) {
  const run = (data: Float32Array, from = start, to = end): TensorValue =>
    vector(data.subarray(from, to));
  return {
    into: ({ parameters, first, second, average }: Vectors): TensorValues => ({
      "parameters.before": run(parameters, 0, start),
      parameters: run(parameters),
      "parameters.after": run(parameters, end, parameters.length),
      first: run(first),
      second: run(second),
      average: run(average),
    }),
    outOf: ({ parameters, first, second, average }: Vectors): TensorValues => ({
      "parameters.next": run(parameters),
      "first.next": run(first),
      "second.next": run(second),
      "average.next": run(average),
    }),
  };
}

/** Copies, since outside the moved run both sets must hold the same. */
function secondSet({ parameters, first, second, average }: Vectors): Vectors {
  return {
    parameters: parameters.slice(),
    first: first.slice(),
    second: second.slice(),
    average: average.slice(),
  };
}

const only = (feeds: TensorValues, names: readonly string[]): TensorValues =>
  Object.fromEntries(Object.entries(feeds).filter(([name]) => names.includes(name)));

/**
 * Drives opened optimization steps (`emitOptimizationSteps`), which move a run of the parameters; the state's vectors
 * swap with a second set at every run.
 */
export function createTrainer(
  graph: GraphRunner,
  start: TrainingState,
  { average, moved = { start: 0, end: start.parameters.length } }: TrainerOptions,
): Trainer {
  const { into, outOf } = exchange(moved);
  const resting: readonly Span[] = [
    { start: 0, end: moved.start },
    { start: moved.end, end: start.parameters.length },
  ];
  let state = start;
  let spare = secondSet(start);

  /** The graph moves the average of its own run; that of the rest still nears the weights that an earlier stage left. */
  const averageRest = (share: number): void => {
    for (const span of resting) {
      moveAverage(state.average, state.parameters, share, span);
      spare.average.set(state.average.subarray(span.start, span.end), span.start);
    }
  };
  const run = async (batches: readonly TensorValues[]): Promise<readonly StepReport[]> => {
    const { step } = state;
    const share = averageShare(average, step + batches.length);
    const turns = BigInt64Array.of(BigInt(batches.length));
    const feeds: TensorValues = {
      ...stackBatches(batches),
      ...into(state),
      turns: { dtype: "int64", shape: [], data: turns },
      step: single(step),
      share: single(share),
    };
    const found = await graph.run(only(feeds, graph.inputs), outOf(spare));
    const reports = batches.map((_, turn) => reportOf(found, step + turn, turn));
    const { step: _, ...used } = state;
    state = { ...spare, step: step + batches.length };
    spare = used;
    if (share > 0) averageRest(share);
    return reports;
  };
  return {
    get state() {
      return state;
    },
    async advance(batches) {
      checkBatches(batches, graph.inputs);
      const reports: StepReport[] = [];
      while (reports.length < batches.length) {
        // A run ends where the average moves.
        const most = average.every - (state.step % average.every);
        reports.push(...(await run(batches.slice(reports.length, reports.length + most))));
      }
      return reports;
    },
  };
}
