import type { NoiseSchedule } from "./noise-schedule.ts";
import { cleanShares, type Prediction } from "./prediction.ts";
import type { Sampler, SamplerStep } from "./sampler.ts";
import type { SchedulerConfig } from "./scheduler-config.ts";
import { sigmaAt, sigmaTable, spreadSigmas, timestepOf } from "./sigmas.ts";
import { spaceTimesteps } from "./timesteps.ts";

/** A timestep with its sigma, and the sigma where its step ends. */
interface SigmaMove {
  readonly timestep: number;
  readonly sigma: number;
  readonly nextSigma: number;
}

function straightStep(
  { timestep, sigma }: SigmaMove,
  prediction: Prediction,
  to: number,
  noise: number,
): SamplerStep {
  return {
    timestep,
    inputScale: 1 / Math.hypot(sigma, 1),
    clean: cleanShares(prediction, 1, sigma),
    remembers: "clean",
    keep: 0,
    // x + (x - x0) (to - sigma) / sigma
    move: { start: to / sigma, clean: 1 - to / sigma, memories: [], noise },
  };
}

/** Source: Karras et al. (arXiv:2206.00364), algorithm 2 without churn. */
function eulerStep(move: SigmaMove, prediction: Prediction): SamplerStep {
  return straightStep(move, prediction, move.nextSigma, 0);
}

/** Goes further down than the next sigma and comes back with fresh noise. Source: k-diffusion's `sample_euler_ancestral`. */
function eulerAncestralStep(move: SigmaMove, prediction: Prediction): SamplerStep {
  const { sigma, nextSigma } = move;
  const up = (nextSigma / sigma) * Math.sqrt(sigma ** 2 - nextSigma ** 2);
  return straightStep(move, prediction, nextSigma ** 2 / sigma, up);
}

/** Fractional timesteps with the sigmas that belong to them. */
function timestepsAndSigmas(
  { sigmaSpread, sigmaMin, sigmaMax, spacing, stepsOffset }: SchedulerConfig,
  table: Float32Array,
  count: number,
): readonly (readonly [timestep: number, sigma: number])[] {
  const chosen = spaceTimesteps(count, {
    spacing,
    total: table.length,
    offset: stepsOffset,
    fractions: true,
  });
  const own = chosen.map((timestep) => sigmaAt(table, timestep));
  if (sigmaSpread === "timesteps") return chosen.map((timestep, at) => [timestep, own[at] ?? 0]);
  const range = { max: sigmaMax ?? own[0] ?? 0, min: sigmaMin ?? own.at(-1) ?? 0 };
  return spreadSigmas(sigmaSpread, range, count).map((sigma) => [
    Math.fround(timestepOf(table, sigma)),
    sigma,
  ]);
}

/** Samples of signal 1 and spread sigma. */
export function eulerSampler(
  config: SchedulerConfig,
  noise: NoiseSchedule,
  count: number,
): Sampler {
  const table = sigmaTable(noise);
  const chosen = timestepsAndSigmas(config, table, count);
  const last = config.finalSigma === "zero" ? 0 : (table[0] ?? 0);
  const stepOf = config.sampler === "euler" ? eulerStep : eulerAncestralStep;
  const steps = chosen.map(([timestep, sigma], at) =>
    stepOf({ timestep, sigma, nextSigma: chosen[at + 1]?.[1] ?? last }, config.prediction),
  );
  const max = Math.max(...chosen.map(([, sigma]) => sigma));
  const initialNoiseScale = config.spacing === "leading" ? Math.hypot(max, 1) : max;
  return { steps, initialNoiseScale };
}
