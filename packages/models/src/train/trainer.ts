import { ModelError } from "../errors.ts";
import type { Span } from "./flat-parameters.ts";
import type { HostTensor, HostTensors, RunnableGraph } from "./graph-runner.ts";
import type { TrainingState } from "./training-state.ts";
import { averagedEvery, averageShare, moveAverage } from "./weight-average.ts";

export interface TrainingSchedule {
  /** The last step; the rate falls linearly to zero over the final `coolDown` steps. */
  readonly steps: number;
  readonly rate: number;
  readonly warmUp: number;
  readonly coolDown: number;
  readonly beta1: number;
  readonly beta2: number;
  /** Share of the average kept in each step. */
  readonly averageDecay: number;
}

/** Warm-up, plateau, linear cool-down. Source: WSD schedule (arXiv:2404.06395), section 4. */
export function learningRate(schedule: TrainingSchedule, step: number): number {
  const { steps, rate, warmUp, coolDown } = schedule;
  const rising = Math.min(1, (step + 1) / warmUp);
  const falling = Math.min(1, Math.max(0, (steps - step) / coolDown));
  return rate * rising * falling;
}

export interface StepReport {
  readonly step: number;
  readonly rate: number;
  readonly norm: number;
  readonly losses: Readonly<Record<string, number>>;
}

const vector = (data: Float32Array): HostTensor => ({
  dtype: "float32",
  shape: [data.length],
  data,
});
const single = (value: number): HostTensor => vector(Float32Array.of(value));

/** One tensor of all batches, a leading axis counting them. */
function stack(batches: readonly HostTensors[]): HostTensors {
  const [first = {}] = batches;
  const stacked = Object.entries(first).map(([name, { dtype, shape, data }]) => {
    const joined = data.slice(0, 0).constructor as new (count: number) => typeof data;
    const all = new joined(batches.length * data.length);
    batches.forEach((batch, at) => {
      all.set((batch[name]?.data ?? data) as never, at * data.length);
    });
    return [name, { dtype, shape: [batches.length, ...shape], data: all }];
  });
  return Object.fromEntries(stacked);
}

/** What changes from step to step besides the batch. */
function ratesAt(schedule: TrainingSchedule, step: number): HostTensors {
  return {
    rate: single(learningRate(schedule, step)),
    correction1: single(1 / (1 - schedule.beta1 ** (step + 1))),
    correction2: single(1 / (1 - schedule.beta2 ** (step + 1))),
  };
}

/** The report of one step of a run. */
function reportOf(found: HostTensors, schedule: TrainingSchedule, step: number, turn: number) {
  const norm = Number(found["norm"]?.data[turn]);
  if (!Number.isFinite(norm)) {
    throw new ModelError("train.not-finite", `the gradient of step ${step} is not finite.`, {
      hint: "Resume from the last checkpoint with a lower learning rate.",
    });
  }
  const losses = Object.fromEntries(
    Object.entries(found)
      .filter(([name]) => name.startsWith("loss."))
      .map(([name, { data }]) => [name.slice("loss.".length), Number(data[turn])]),
  );
  return { step, rate: learningRate(schedule, step), norm, losses };
}

export interface Trainer {
  readonly state: TrainingState;
  /** Runs one step. Throws: train.not-finite, and the state stays as it was. */
  advance(batch: HostTensors): Promise<StepReport>;
  /**
   * Runs a step for each batch, many in one run where the graph does that. Throws: train.not-finite, and the state
   * stays as it was before the run in which it happened.
   */
  advanceBy(batches: readonly HostTensors[]): Promise<readonly StepReport[]>;
}

type Vectors = Omit<TrainingState, "step">;

/** The moved run of the vectors under the graph's names, going in and coming out. */
function exchange({ start, end }: Span) {
  const run = (data: Float32Array, from = start, to = end): HostTensor =>
    vector(data.subarray(from, to));
  return {
    into: ({ parameters, first, second, average }: Vectors): HostTensors => ({
      "parameters.before": run(parameters, 0, start),
      parameters: run(parameters),
      "parameters.after": run(parameters, end, parameters.length),
      first: run(first),
      second: run(second),
      average: run(average),
    }),
    outOf: ({ parameters, first, second, average }: Vectors): HostTensors => ({
      "parameters.next": run(parameters),
      "first.next": run(first),
      "second.next": run(second),
      "average.next": run(average),
    }),
  };
}

/** Copies, since outside the moved run both sets must hold the same; one average serves where no graph moves it. */
function secondSet(
  { parameters, first, second, average }: Vectors,
  movesAverage: boolean,
): Vectors {
  return {
    parameters: parameters.slice(),
    first: first.slice(),
    second: second.slice(),
    average: movesAverage ? average.slice() : average,
  };
}

const only = (feeds: HostTensors, names: readonly string[]): HostTensors =>
  Object.fromEntries(Object.entries(feeds).filter(([name]) => names.includes(name)));

/**
 * Drives opened training steps, one or many a run, which move a run of the parameters; the state's vectors swap with
 * a second set at every run.
 */
export function createTrainer(
  graph: RunnableGraph,
  start: TrainingState,
  schedule: TrainingSchedule,
  moved: Span = { start: 0, end: start.parameters.length },
): Trainer {
  const isLooped = graph.inputs.includes("turns");
  const { into, outOf } = exchange(moved);
  let state = start;
  let spare = secondSet(start, isLooped);

  /** The graph of many steps moves its run of the average itself. */
  const average = (share: number): void => {
    const end = state.parameters.length;
    const rest = [
      { start: 0, end: moved.start },
      { start: moved.end, end },
    ];
    for (const span of isLooped ? rest : [{ start: 0, end }]) {
      moveAverage(state.average, state.parameters, share, span);
      if (isLooped) spare.average.set(state.average.subarray(span.start, span.end), span.start);
    }
  };
  const run = async (batches: readonly HostTensors[]): Promise<readonly StepReport[]> => {
    const { step } = state;
    const share = averageShare(schedule.averageDecay, step + batches.length);
    const each = batches.map((batch, turn) => ({ ...batch, ...ratesAt(schedule, step + turn) }));
    const feeds = { ...(isLooped ? stack(each) : each[0]), ...into(state) };
    const turns = BigInt64Array.of(BigInt(batches.length));
    const beside = {
      turns: { dtype: "int64" as const, shape: [], data: turns },
      share: single(share),
    };
    const found = await graph.run(
      only({ ...feeds, ...beside }, graph.inputs),
      only(outOf(spare), graph.outputs),
    );
    const reports = batches.map((_, turn) => reportOf(found, schedule, step + turn, turn));
    const { step: _, ...used } = state;
    state = { ...spare, step: step + batches.length };
    spare = used;
    if (share > 0) average(share);
    return reports;
  };
  const advanceBy = async (batches: readonly HostTensors[]): Promise<readonly StepReport[]> => {
    const reports: StepReport[] = [];
    while (reports.length < batches.length) {
      // A run ends where the average moves.
      const most = isLooped ? averagedEvery - (state.step % averagedEvery) : 1;
      reports.push(...(await run(batches.slice(reports.length, reports.length + most))));
    }
    return reports;
  };
  return {
    get state() {
      return state;
    },
    async advance(batch) {
      const [report] = await advanceBy([batch]);
      return report as StepReport;
    },
    advanceBy,
  };
}
