/** A sum of a step's arrays, each times its share. */
export interface CleanShares {
  readonly sample: number;
  readonly output: number;
  /** The sum is cut to ± this. */
  readonly limit?: number | undefined;
}

/**
 * One call of the network and what follows, as plain numbers. Memories are what earlier steps remembered, newest
 * first; a step's own comes before them.
 */
export interface SamplerStep {
  /** Fractional where the sampler interpolates. */
  readonly timestep: number;
  /** The network sees the sample times this. */
  readonly inputScale: number;
  /** The clean sample that the network's output means. */
  readonly clean: CleanShares;
  /** Which of the two enters the memories. */
  readonly remembers: "clean" | "output";
  /** How many memories, its own included, outlive the step. */
  readonly keep: number;
  /** Where the step starts if not from its sample: a sum of the last step's start and of memories. */
  readonly start?: { readonly last: number; readonly memories: readonly number[] };
  readonly move: {
    readonly start: number;
    readonly clean: number;
    readonly memories: readonly number[];
    readonly noise: number;
  };
}

/** A way from noise to a clean sample: pure data, made by `createSampler`. */
export interface Sampler {
  /** One for each call of the network, first to last. */
  readonly steps: readonly SamplerStep[];
  /** Standard deviation of the noise to start from. */
  readonly initialNoiseScale: number;
}

/** Gives the next so many standard normal numbers. */
export type NoiseSource = (count: number) => Float32Array;

/** What is carried from one call of the network to the next. */
export interface SamplerState {
  readonly sample: Float32Array;
  /** Where the last step started. */
  readonly start: Float32Array;
  readonly memories: readonly Float32Array[];
}

type Term = readonly [share: number, values: Float32Array | undefined];

/** Terms without a share are left out, so that an infinite value elsewhere cannot reach the sum. */
function sum(length: number, terms: readonly Term[]): Float32Array {
  const total = new Float64Array(length);
  for (const [share, values] of terms) {
    if (share === 0 || values === undefined) continue;
    for (let at = 0; at < length; at++) total[at] = (total[at] ?? 0) + share * (values[at] ?? 0);
  }
  return Float32Array.from(total);
}

function termsOf(shares: readonly number[], memories: readonly Float32Array[]): readonly Term[] {
  return shares.map((share, at) => [share, memories[at]]);
}

/**
 * The state before the first step. A weight of the noise below 1 begins nearer to its mean, where a network foresees the
 * mean of all that it could draw.
 */
export function startSampling(
  { initialNoiseScale }: Sampler,
  noise: Float32Array,
  weight = 1,
): SamplerState {
  const sample = sum(noise.length, [[weight * initialNoiseScale, noise]]);
  return { sample, start: sample, memories: [] };
}

/** What the network is to see of a sample. */
export function scaleInput({ inputScale }: SamplerStep, sample: Float32Array): Float32Array {
  return inputScale === 1 ? sample : sum(sample.length, [[inputScale, sample]]);
}

/** The clean sample that an output of the network means. */
export function predictClean(
  { clean: { sample: ofSample, output: ofOutput, limit } }: SamplerStep,
  sample: Float32Array,
  output: Float32Array,
): Float32Array {
  const clean = sum(sample.length, [
    [ofSample, sample],
    [ofOutput, output],
  ]);
  return limit === undefined ? clean : clean.map((x) => Math.min(Math.max(x, -limit), limit));
}

/**
 * Moves along one step, given the network's output for the scaled sample.
 * @param draw Called only where the step adds noise.
 */
export function takeStep(
  step: SamplerStep,
  { sample, start: lastStart, memories: older }: SamplerState,
  output: Float32Array,
  draw: NoiseSource,
): SamplerState {
  const { length } = sample;
  const clean = predictClean(step, sample, output);
  const memories = [step.remembers === "clean" ? clean : output, ...older];
  const { start: from, move } = step;
  const start =
    from === undefined
      ? sample
      : sum(length, [[from.last, lastStart], ...termsOf(from.memories, memories)]);
  const next = sum(length, [
    [move.start, start],
    [move.clean, clean],
    ...termsOf(move.memories, memories),
    [move.noise, move.noise === 0 ? undefined : draw(length)],
  ]);
  return { sample: next, start, memories: memories.slice(0, step.keep) };
}
