/** Alpha bar of each of a diffusion's training timesteps. */
export interface NoiseSchedule {
  readonly alphaBars: Float64Array;
}

/** How betas grow over the training timesteps, by diffusers' names. */
export const betaShapes = ["linear", "scaled_linear", "squaredcos_cap_v2"] as const;
/** A shape of the betas. */
export type BetaShape = (typeof betaShapes)[number];

/** What makes a noise schedule: training timesteps and their betas, each the share of variance that a timestep adds. */
export interface NoiseOptions {
  readonly steps: number;
  readonly betaStart: number;
  readonly betaEnd: number;
  /** @default "scaled_linear" */
  readonly shape?: BetaShape;
  /** Betas written out; they stand instead of the shape. */
  readonly betas?: readonly number[] | undefined;
  /** Moves the last timestep to pure noise. */
  readonly zeroTerminalSnr?: boolean;
  /** Rounds where torch does, so that every alpha bar is the reference's to the bit. */
  readonly isSingle?: boolean;
}

/** SD-1.5's and InstructPix2Pix's values. */
export const stableDiffusionNoise: NoiseOptions = {
  steps: 1000,
  betaStart: 0.00085,
  betaEnd: 0.012,
};

const maxBeta = 0.999;

/** torch's linspace: from either end to the middle, each value rounded once. */
function singleLerp(start: number, end: number, index: number, steps: number): number {
  const [low, high] = [Math.fround(start), Math.fround(end)];
  const gap = Math.fround(Math.fround(high - low) / Math.max(steps - 1, 1));
  const isFirstHalf = index < Math.floor(steps / 2);
  return Math.fround(isFirstHalf ? low + gap * index : high - gap * (steps - index - 1));
}

function lerp(start: number, end: number, index: number, steps: number): number {
  return start + ((end - start) * index) / Math.max(steps - 1, 1);
}

function betaAt(options: NoiseOptions, index: number): number {
  const { steps, betaStart, betaEnd, shape, betas, isSingle } = options;
  const given = betas?.[index];
  if (given !== undefined) return given;
  if (shape === "squaredcos_cap_v2") {
    const kept = (at: number): number =>
      Math.cos(((at / steps + 0.008) / 1.008) * (Math.PI / 2)) ** 2;
    return Math.min(1 - kept(index + 1) / kept(index), maxBeta);
  }
  const between = isSingle ? singleLerp : lerp;
  if (shape === "linear") return between(betaStart, betaEnd, index, steps);
  return between(Math.sqrt(betaStart), Math.sqrt(betaEnd), index, steps) ** 2;
}

/** Source: arXiv:2305.08891, algorithm 1. */
function toZeroTerminalSnr(alphaBars: Float64Array): Float64Array {
  const first = Math.sqrt(alphaBars[0] ?? 1);
  const last = Math.sqrt(alphaBars.at(-1) ?? 0);
  return alphaBars.map((kept) => ((Math.sqrt(kept) - last) * (first / (first - last))) ** 2);
}

/**
 * Alpha bars are running products of 1 - beta.
 * Source: DDPM (arXiv:2006.11239) for linear betas, Latent Diffusion (arXiv:2112.10752) for `scaled_linear`,
 * Improved DDPM (arXiv:2102.09672), eq. 17 for `squaredcos_cap_v2`.
 */
export function noiseSchedule(options: NoiseOptions): NoiseSchedule {
  const round = options.isSingle ? Math.fround : (value: number): number => value;
  let product = 1;
  const alphaBars = Float64Array.from({ length: options.steps }, (_, index) => {
    product *= round(1 - round(betaAt(options, index)));
    return round(product);
  });
  return { alphaBars: options.zeroTerminalSnr ? toZeroTerminalSnr(alphaBars) : alphaBars };
}
