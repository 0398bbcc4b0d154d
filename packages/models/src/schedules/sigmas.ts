import type { NoiseSchedule } from "./noise-schedule.ts";

/** How noise levels are spread over the steps; "timesteps" takes them from the chosen timesteps. */
export const sigmaSpreads = ["timesteps", "karras", "exponential"] as const;
/** A spread of sigmas over the steps. */
export type SigmaSpread = (typeof sigmaSpreads)[number];

/** Where the last step ends. */
export const finalSigmas = ["zero", "sigma_min"] as const;
/** The noise level at which the last step ends. */
export type FinalSigma = (typeof finalSigmas)[number];

/** Stands for pure noise, whose sigma is infinite: half precision's smallest number, as in diffusers. */
const leastAlphaBar = 2 ** -24;

/** sqrt((1 - alpha bar) / alpha bar) of each training timestep. */
export function sigmaTable({ alphaBars }: NoiseSchedule): Float32Array {
  return Float32Array.from(alphaBars, (kept) =>
    // The root of a rounded ratio, as in the reference.
    Math.sqrt(Math.fround((1 - kept) / (kept === 0 ? leastAlphaBar : kept))),
  );
}

/** Linear interpolation, held at both ends. */
export function sigmaAt(table: Float32Array, timestep: number): number {
  const at = Math.min(Math.max(timestep, 0), table.length - 1);
  const low = Math.min(Math.floor(at), table.length - 2);
  const [from = 0, to = 0] = [table[low], table[low + 1]];
  return from + (at - low) * (to - from);
}

/**
 * The fractional timestep whose sigma this is, interpolated over logarithms. These are in single precision, as in
 * diffusers: whether a spread's first sigma lies just above or below the table's decides the timestep where it is cut
 * to a whole one.
 */
export function timestepOf(table: Float32Array, sigma: number): number {
  const logs = table.map(Math.log);
  const wanted = Math.log(Math.max(sigma, 1e-10));
  const above = logs.findIndex((value) => value > wanted);
  const low = Math.min(above === -1 ? table.length - 2 : Math.max(above - 1, 0), table.length - 2);
  const [from = 0, to = 1] = [logs[low], logs[low + 1]];
  return low + Math.min(Math.max((from - wanted) / (from - to), 0), 1);
}

/** The largest and the smallest sigma of a run: noise over signal. */
export interface SigmaRange {
  readonly max: number;
  readonly min: number;
}

const karrasRho = 7;

/**
 * Noise levels from the greatest to the least.
 * Source: Karras et al. (arXiv:2206.00364), eq. 5 with rho 7; "exponential" is even in the logarithm.
 */
export function spreadSigmas(
  spread: Exclude<SigmaSpread, "timesteps">,
  { max, min }: SigmaRange,
  count: number,
): readonly number[] {
  const [into, back] =
    spread === "karras"
      ? [(x: number) => x ** (1 / karrasRho), (x: number) => x ** karrasRho]
      : [Math.log, Math.exp];
  const [first, last] = [into(max), into(min)];
  return Array.from({ length: count }, (_, at) =>
    back(first + (count === 1 ? 0 : at / (count - 1)) * (last - first)),
  );
}
