import type { NoiseSchedule } from "./noise-schedule.ts";
import type { SchedulerConfig } from "./scheduler-config.ts";
import { sigmaAt, sigmaTable, spreadSigmas, timestepOf } from "./sigmas.ts";
import { roundHalfEven, spaceTimesteps } from "./timesteps.ts";

/** A sigma as the signal and spread of a sample of unit variance, and half its log signal-to-noise ratio. */
export interface NoiseLevel {
  readonly signal: number;
  readonly spread: number;
  readonly lambda: number;
}

function noiseLevel(sigma: number): NoiseLevel {
  const signal = 1 / Math.hypot(sigma, 1);
  return { signal, spread: sigma * signal, lambda: -Math.log(sigma) };
}

/** The noise levels that a multistep solver goes through. */
export interface SolverLevels {
  readonly timesteps: readonly number[];
  /** One for each timestep. */
  readonly levels: readonly NoiseLevel[];
  /** Where the last step ends. */
  readonly last: NoiseLevel;
}

/** Sigmas spread over the whole schedule, and the timesteps nearest to them. */
function spreadLevels(
  { sampler, sigmaSpread, sigmaMin, sigmaMax, noise: { shape } }: SchedulerConfig,
  table: Float32Array,
  count: number,
): { readonly timesteps: readonly number[]; readonly sigmas: readonly number[] } | undefined {
  if (sigmaSpread === "timesteps") return undefined;
  const isUniPc = sampler === "unipc";
  const range = {
    max: (isUniPc ? sigmaMax : undefined) ?? table.at(-1) ?? 0,
    min: (isUniPc ? sigmaMin : undefined) ?? table[0] ?? 0,
  };
  const sigmas = spreadSigmas(sigmaSpread, range, count);
  // The reference rounds some of its timesteps before it cuts off what is left of their fractions.
  const isRounded = sigmaSpread === "karras" && (isUniPc || shape !== "squaredcos_cap_v2");
  const round = isRounded ? roundHalfEven : Math.floor;
  return { sigmas, timesteps: sigmas.map((sigma) => round(timestepOf(table, sigma))) };
}

/** Timesteps and noise levels of the solvers that go by lambda. */
export function solverLevels(
  config: SchedulerConfig,
  noise: NoiseSchedule,
  count: number,
): SolverLevels {
  const { sampler, spacing, stepsOffset: offset, minLambda, finalSigma } = config;
  const table = sigmaTable(noise);
  const spread = spreadLevels(config, table, count);
  const skipped = table.filter((sigma) => -Math.log(sigma) < minLambda).length;
  const timesteps =
    spread?.timesteps ??
    spaceTimesteps(count, {
      spacing,
      total: table.length,
      offset,
      skipped: sampler === "dpm-solver++" ? skipped : 0,
      leavesLast: true,
    });
  const sigmas = spread?.sigmas ?? timesteps.map((timestep) => sigmaAt(table, timestep));
  const least = (sampler === "unipc" ? spread?.sigmas.at(-1) : undefined) ?? table[0] ?? 0;
  const last = noiseLevel(finalSigma === "zero" ? 0 : least);
  return { timesteps, levels: sigmas.map(noiseLevel), last };
}
