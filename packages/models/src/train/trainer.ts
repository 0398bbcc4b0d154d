import { ModelError } from "../errors.ts";
import type { Span } from "./flat-parameters.ts";
import type { HostTensor, HostTensors, RunnableGraph } from "./graph-runner.ts";
import type { TrainingState } from "./training-state.ts";

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

const averagedEvery = 8;

/** Moves the average towards the parameters, several steps at once; in place, since both are ours. */
function average({ average: kept, parameters }: TrainingState, decay: number): void {
  const share = 1 - decay ** averagedEvery;
  for (let at = 0; at < kept.length; at++) {
    const old = kept[at] as number;
    kept[at] = old + share * ((parameters[at] as number) - old);
  }
}

export interface Trainer {
  readonly state: TrainingState;
  /** Runs one step. Throws: train.not-finite, and the state stays as it was. */
  advance(batch: HostTensors): Promise<StepReport>;
}

/**
 * Drives an opened training step, which moves a run of the parameters; the state's vectors swap with a second set
 * at every step.
 */
export function createTrainer(
  graph: RunnableGraph,
  start: TrainingState,
  schedule: TrainingSchedule,
  moved: Span = { start: 0, end: start.parameters.length },
): Trainer {
  let state = start;
  // Copies, since outside the moved run both sets must hold the same.
  let spare: Pick<TrainingState, "parameters" | "first" | "second"> = {
    parameters: start.parameters.slice(),
    first: start.first.slice(),
    second: start.second.slice(),
  };
  const run = (data: Float32Array, from = moved.start, to = moved.end): HostTensor =>
    vector(data.subarray(from, to));
  const read = (feeds: HostTensors): HostTensors =>
    Object.fromEntries(Object.entries(feeds).filter(([name]) => graph.inputs.includes(name)));
  return {
    get state() {
      return state;
    },
    async advance(batch) {
      const { step, parameters, first, second } = state;
      const rate = learningRate(schedule, step);
      const found = await graph.run(
        read({
          ...batch,
          "parameters.before": run(parameters, 0, moved.start),
          parameters: run(parameters),
          "parameters.after": run(parameters, moved.end, parameters.length),
          first: run(first),
          second: run(second),
          rate: single(rate),
          correction1: single(1 / (1 - schedule.beta1 ** (step + 1))),
          correction2: single(1 / (1 - schedule.beta2 ** (step + 1))),
        }),
        {
          "parameters.next": run(spare.parameters),
          "first.next": run(spare.first),
          "second.next": run(spare.second),
        },
      );
      const norm = Number(found["norm"]?.data[0]);
      if (!Number.isFinite(norm)) {
        throw new ModelError("train.not-finite", `the gradient of step ${step} is not finite.`, {
          hint: "Resume from the last checkpoint with a lower learning rate.",
        });
      }
      const losses = Object.fromEntries(
        Object.entries(found)
          .filter(([name]) => name.startsWith("loss."))
          .map(([name, { data }]) => [name.slice("loss.".length), Number(data[0])]),
      );
      state = { ...spare, average: state.average, step: step + 1 };
      spare = { parameters, first, second };
      // A young average forgets faster, or the first weights would stay in it for long.
      const decay = Math.min(schedule.averageDecay, 1 - 10 / (10 + state.step));
      if (state.step % averagedEvery === 0) average(state, decay);
      return { step, rate, norm, losses };
    },
  };
}
