import { ModelError } from "../errors.ts";
import { ddimStep } from "./ddim.ts";
import { ddpmStep } from "./ddpm.ts";
import { dpmSampler } from "./dpm-solver.ts";
import { eulerSampler } from "./euler.ts";
import { type NoiseSchedule, noiseSchedule } from "./noise-schedule.ts";
import { pndmSteps } from "./pndm.ts";
import type { Sampler, SamplerStep } from "./sampler.ts";
import type { SchedulerConfig } from "./scheduler-config.ts";
import { spaceTimesteps } from "./timesteps.ts";
import { uniPcSampler } from "./unipc.ts";

/** How a run goes through a schedule. */
export interface SamplerOptions {
  /** Timesteps to go through; PNDM calls the network more often. */
  readonly steps: number;
  /** Noise that DDIM adds: 0 none, 1 as much as DDPM. @default 0 */
  readonly eta?: number;
}

function stepsError(what: string, hint: string): ModelError {
  return new ModelError("schedule.steps", what, { at: "steps", hint });
}

/** Alpha bar of a timestep; below 0, where a sampler ends. */
function alphaBarsOf({ alphaBars }: NoiseSchedule, endsClean: boolean): (t: number) => number {
  const last = endsClean ? 1 : (alphaBars[0] ?? 1);
  return (timestep) => {
    const found = timestep < 0 ? last : alphaBars[timestep];
    if (found !== undefined) return found;
    throw stepsError(
      `timestep ${timestep} lies beyond the ${alphaBars.length} of training.`,
      "Take fewer steps or a smaller steps_offset.",
    );
  };
}

/** The samplers that look up alpha bars at whole timesteps. */
function alphaBarSteps(
  config: SchedulerConfig,
  noise: NoiseSchedule,
  { steps: count, eta = 0 }: SamplerOptions,
): readonly SamplerStep[] {
  const { sampler, spacing, stepsOffset: offset } = config;
  const total = noise.alphaBars.length;
  const timesteps = spaceTimesteps(count, { spacing, total, offset });
  const alphaBarAt = alphaBarsOf(noise, sampler === "ddpm" || config.endsClean);
  const gap = Math.floor(total / count);
  if (sampler === "pndm") return pndmSteps(timesteps, { ...config, gap, alphaBarAt });
  return timesteps.map((timestep, at) => {
    // DDIM goes by equal gaps, DDPM from one chosen timestep to the next.
    const next = sampler === "ddim" ? timestep - gap : (timesteps[at + 1] ?? -1);
    const move = { timestep, alphaBar: alphaBarAt(timestep), nextAlphaBar: alphaBarAt(next) };
    return sampler === "ddim" ? ddimStep(move, { ...config, eta }) : ddpmStep(move, config);
  });
}

function samplerOf(
  config: SchedulerConfig,
  noise: NoiseSchedule,
  options: SamplerOptions,
): Sampler {
  switch (config.sampler) {
    case "euler":
    case "euler-ancestral":
      return eulerSampler(config, noise, options.steps);
    case "dpm-solver++":
      return dpmSampler(config, noise, options.steps);
    case "unipc":
      return uniPcSampler(config, noise, options.steps);
    default:
      return { steps: alphaBarSteps(config, noise, options), initialNoiseScale: 1 };
  }
}

function checkSteps({ sampler, noise, skipsRungeKutta }: SchedulerConfig, count: number): void {
  // A Runge-Kutta start takes three steps and ends at the fourth timestep.
  const least = sampler === "pndm" && !skipsRungeKutta ? 4 : 1;
  if (Number.isInteger(count) && count >= least && count <= noise.steps) return;
  throw stepsError(
    `${sampler} cannot take ${count} steps.`,
    `Take a whole number from ${least} to ${noise.steps}.`,
  );
}

const numbersOf = ({
  timestep,
  inputScale,
  clean,
  start,
  move,
}: SamplerStep): readonly number[] => [
  timestep,
  inputScale,
  clean.sample,
  clean.output,
  ...(start?.memories ?? []),
  move.start,
  move.clean,
  ...move.memories,
  move.noise,
];

/**
 * Everything a sampler will do, as plain numbers.
 * Throws: schedule.steps, schedule.unsupported
 */
export function createSampler(config: SchedulerConfig, options: SamplerOptions): Sampler {
  checkSteps(config, options.steps);
  const sampler = samplerOf(config, noiseSchedule(config.noise), options);
  const broken = sampler.steps.find((step) => !numbersOf(step).every(Number.isFinite));
  if (broken === undefined) return sampler;
  const isPureNoise = config.noise.zeroTerminalSnr === true && config.prediction === "epsilon";
  throw new ModelError(
    "schedule.unsupported",
    `${config.sampler} is not defined at timestep ${broken.timestep} of this schedule.`,
    {
      at: "scheduler_config.json",
      hint: isPureNoise
        ? "From pure noise (rescale_betas_zero_snr) a network must predict v or the clean sample."
        : "Choose another sampler, or other sigmas.",
    },
  );
}
