import type { NoiseSchedule } from "./noise-schedule.ts";

export interface DdimStep {
  readonly timestep: number;
  /** sqrt(alpha bar) and sqrt(1 - alpha bar) now, and after the step. */
  readonly signal: number;
  readonly spread: number;
  readonly nextSignal: number;
  readonly nextSpread: number;
}

/**
 * The steps of deterministic DDIM, spaced from the last timestep down ("trailing"); the last one ends without noise.
 * Source: DDIM (arXiv:2010.02502), eq. 12 with sigma 0; trailing spacing of arXiv:2305.08891, table 2.
 */
export function ddimSteps({ alphaBars }: NoiseSchedule, count: number): readonly DdimStep[] {
  const total = alphaBars.length;
  const timesteps = Array.from(
    { length: count },
    (_, k) => Math.round(total - (k * total) / count) - 1,
  );
  const alphaBarAt = (index: number): number => alphaBars[timesteps[index] ?? -1] ?? 1;
  return timesteps.map((timestep, index) => ({
    timestep,
    signal: Math.sqrt(alphaBarAt(index)),
    spread: Math.sqrt(1 - alphaBarAt(index)),
    nextSignal: Math.sqrt(alphaBarAt(index + 1)),
    nextSpread: Math.sqrt(1 - alphaBarAt(index + 1)),
  }));
}

/** Moves a sample along one step, given the predicted clean sample; all of one length. */
export function ddimMove(step: DdimStep, sample: Float32Array, clean: Float32Array): Float32Array {
  return sample.map((value, at) => {
    const x0 = clean[at] ?? 0;
    const noise = (value - step.signal * x0) / step.spread;
    return step.nextSignal * x0 + step.nextSpread * noise;
  });
}
