import type { NoiseSchedule } from "./noise-schedule.ts";
import { cleanShares, noiseShares, type Prediction } from "./prediction.ts";
import type { Sampler, SamplerStep } from "./sampler.ts";

/** A timestep with its alpha bar, and the alpha bar where its step ends. */
export interface DdimMove {
  readonly timestep: number;
  readonly alphaBar: number;
  readonly nextAlphaBar: number;
}

/** How a DDIM step predicts, clips and adds noise. */
export interface DdimOptions {
  readonly prediction: Prediction;
  readonly clip?: number | undefined;
  /** 0 adds no noise, 1 as much as DDPM. */
  readonly eta: number;
}

/** Source: DDIM (arXiv:2010.02502), eq. 12 and 16. */
export function ddimStep(move: DdimMove, { prediction, clip, eta }: DdimOptions): SamplerStep {
  const { timestep, alphaBar, nextAlphaBar } = move;
  const [signal, spread] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
  const variance = ((1 - nextAlphaBar) / (1 - alphaBar)) * (1 - alphaBar / nextAlphaBar);
  const added = eta * Math.sqrt(variance);
  const direction = Math.sqrt(1 - nextAlphaBar - added ** 2);
  const ofNoise = noiseShares(prediction, signal, spread);
  return {
    timestep,
    inputScale: 1,
    clean: { ...cleanShares(prediction, signal, spread), limit: clip },
    remembers: "output",
    keep: 0,
    move: {
      start: direction * ofNoise.sample,
      clean: Math.sqrt(nextAlphaBar),
      memories: [direction * ofNoise.output],
      noise: added,
    },
  };
}

/**
 * Deterministic DDIM for a network that predicts the clean sample, spaced from the last timestep down; each step ends
 * at the next one's timestep, the last without noise.
 * Source: trailing spacing of arXiv:2305.08891, table 2.
 */
export function trailingDdim({ alphaBars }: NoiseSchedule, count: number): Sampler {
  const total = alphaBars.length;
  const timesteps = Array.from(
    { length: count },
    (_, k) => Math.round(total - (k * total) / count) - 1,
  );
  const alphaBarAt = (index: number): number => alphaBars[timesteps[index] ?? -1] ?? 1;
  const steps = timesteps.map((timestep, index) =>
    ddimStep(
      { timestep, alphaBar: alphaBarAt(index), nextAlphaBar: alphaBarAt(index + 1) },
      { prediction: "sample", eta: 0 },
    ),
  );
  return { steps, initialNoiseScale: 1 };
}
