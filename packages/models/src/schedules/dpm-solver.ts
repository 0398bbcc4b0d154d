import { ModelError } from "../errors.ts";
import { type NoiseLevel, solverLevels } from "./noise-level.ts";
import type { NoiseSchedule } from "./noise-schedule.ts";
import { cleanShares, type Prediction } from "./prediction.ts";
import type { Sampler, SamplerStep } from "./sampler.ts";
import type { SchedulerConfig } from "./scheduler-config.ts";

interface DpmOptions {
  readonly prediction: Prediction;
  readonly solver: "midpoint" | "heun";
  readonly isStochastic: boolean;
}

/** Shares of D0, D1 and D2, the derivatives of the clean sample over lambda. */
type DerivativeShares = readonly [number, number, number];

/** The derivatives as sums of predicted clean samples, newest first; one row a derivative. */
function derivatives(order: number, h: number, levels: readonly NoiseLevel[]): number[][] {
  const [now = 0, before = 0, earlier = 0] = levels.map(({ lambda }) => lambda);
  const r0 = (now - before) / h;
  if (order === 1) return [[1]];
  if (order === 2) return [[1], [1 / r0, -1 / r0]];
  const r1 = (before - earlier) / h;
  // D1_0 - D1_1, where D1_0 = (m0 - m1) / r0 and D1_1 = (m1 - m2) / r1
  const bend = [1 / r0, -1 / r0 - 1 / r1, 1 / r1];
  const slope = bend.map(
    (share, at) => ([1 / r0, -1 / r0, 0][at] as number) + (r0 / (r0 + r1)) * share,
  );
  return [[1], slope, bend.map((share) => share / (r0 + r1))];
}

/** Source: DPM-Solver++ (arXiv:2211.01095), algorithm 2 and app. A; diffusers' `heun` and third order. */
function derivativeShares(
  order: number,
  h: number,
  signal: number,
  { solver, isStochastic }: DpmOptions,
): DerivativeShares {
  // With noise the clean sample comes in twice as fast.
  const x = isStochastic ? 2 * h : h;
  const first = signal * (1 - Math.exp(-x));
  if (order === 1) return [first, 0, 0];
  const bent = signal * (1 + (Math.exp(-x) - 1) / x);
  if (order === 2) return [first, solver === "midpoint" ? first / 2 : bent, 0];
  return [first, bent, -signal * ((Math.exp(-x) - 1 + x) / x ** 2 - 0.5)];
}

/**
 * One multistep step from levels[0] to `next`, over the clean samples predicted at `levels`, newest first.
 * Source: DPM-Solver++ (arXiv:2211.01095), algorithm 2.
 */
function dpmStep(
  timestep: number,
  levels: readonly NoiseLevel[],
  next: NoiseLevel,
  options: DpmOptions,
): SamplerStep {
  const [now = next] = levels;
  const order = levels.length;
  const h = next.lambda - now.lambda;
  const shares = derivativeShares(order, h, next.signal, options);
  const rows = derivatives(order, h, levels);
  const memories = levels.map((_, at) =>
    rows.reduce((sum, row, d) => sum + (shares[d] ?? 0) * (row[at] ?? 0), 0),
  );
  const kept = options.isStochastic ? Math.exp(-h) : 1;
  return {
    timestep,
    inputScale: 1,
    clean: cleanShares(options.prediction, now.signal, now.spread),
    remembers: "clean",
    keep: 2,
    move: {
      start: (next.spread / now.spread) * kept,
      clean: 0,
      memories,
      noise: options.isStochastic ? next.spread * Math.sqrt(1 - Math.exp(-2 * h)) : 0,
    },
  };
}

/** Steps below which the order may be lowered at the end. */
const fewSteps = 15;

function orderAt(config: SchedulerConfig, at: number, count: number): number {
  const lowers = config.lowersOrderAtEnd && count < fewSteps;
  const isLast = at === count - 1;
  if (isLast && (config.endsWithEuler || lowers || config.finalSigma === "zero")) return 1;
  const isSecondLast = at === count - 2;
  return Math.min(config.order, at + 1, lowers && isSecondLast ? 2 : at + 1);
}

/** Throws: schedule.unsupported */
export function dpmSampler(config: SchedulerConfig, noise: NoiseSchedule, count: number): Sampler {
  const { isStochastic, prediction } = config;
  if (isStochastic && config.order > 2) {
    throw new ModelError("schedule.unsupported", "sde-dpmsolver++ has orders 1 and 2.", {
      at: "solver_order",
      hint: "Set solver_order to 2.",
    });
  }
  const solver = config.solver === "heun" ? "heun" : "midpoint";
  const { timesteps, levels, last } = solverLevels(config, noise, count);
  const steps = timesteps.map((timestep, at) => {
    const order = orderAt(config, at, timesteps.length);
    const used = levels.slice(at + 1 - order, at + 1).reverse();
    return dpmStep(timestep, used, levels[at + 1] ?? last, { prediction, solver, isStochastic });
  });
  return { steps, initialNoiseScale: 1 };
}
