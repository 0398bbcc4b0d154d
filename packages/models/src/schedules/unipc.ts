import { Matrix, solve } from "ml-matrix";
import { type NoiseLevel, solverLevels } from "./noise-level.ts";
import type { NoiseSchedule } from "./noise-schedule.ts";
import { cleanShares, type Prediction } from "./prediction.ts";
import type { Sampler, SamplerStep } from "./sampler.ts";
import type { SchedulerConfig } from "./scheduler-config.ts";

type SolverName = "bh1" | "bh2";

/** The step's length x = -h in lambda, and B(h). */
interface Span {
  readonly x: number;
  readonly scale: number;
}

function spanOf(from: NoiseLevel, to: NoiseLevel, solver: SolverName): Span {
  const x = from.lambda - to.lambda;
  return { x, scale: solver === "bh1" ? x : Math.expm1(x) };
}

/** The coefficients rho: R rho = b, over the places r of the known clean samples, in step lengths. */
function rhos(places: readonly number[], { x, scale }: Span): readonly number[] {
  let [factorial, phi] = [1, Math.expm1(x) / x - 1];
  const right = places.map((_, at) => {
    const value = (phi * factorial) / scale;
    factorial *= at + 2;
    phi = phi / x - 1 / factorial;
    return value;
  });
  const powers = places.map((_, power) => places.map((place) => place ** power));
  return solve(new Matrix(powers), Matrix.columnVector(right)).to1DArray();
}

/** Where levels before the step's start lie, in lengths of the step. */
function placesOf(levels: readonly NoiseLevel[], to: NoiseLevel): readonly number[] {
  const [from = to, ...before] = levels;
  return before.map(({ lambda }) => (lambda - from.lambda) / (to.lambda - from.lambda));
}

/** Shares of the start and of clean samples in one update. */
interface Update {
  readonly start: number;
  readonly memories: readonly number[];
}

/** Turns shares of differences (m_k - m_0) / r_k into shares of the clean samples m themselves. */
function update(
  [from, to]: readonly [NoiseLevel, NoiseLevel],
  span: Span,
  differences: readonly { readonly rho: number; readonly place: number }[],
): Update {
  const weights = differences.map(({ rho, place }) => -to.signal * span.scale * (rho / place));
  const own = -to.signal * Math.expm1(span.x) - weights.reduce((sum, weight) => sum + weight, 0);
  return { start: to.spread / from.spread, memories: [own, ...weights] };
}

/** UniP: to the next level, over clean samples at `levels`, newest first. */
function predict(levels: readonly NoiseLevel[], to: NoiseLevel, solver: SolverName): Update {
  const [from = to] = levels;
  const span = spanOf(from, to, solver);
  const places = placesOf(levels, to);
  const found = places.length < 2 ? places.map(() => 0.5) : rhos(places, span);
  const differences = places.map((place, at) => ({ place, rho: found[at] ?? 0 }));
  return update([from, to], span, differences);
}

/** UniC: the last step anew, with the clean sample that was found at its end; shares in `predict`'s order, then that one. */
function correct(levels: readonly NoiseLevel[], to: NoiseLevel, solver: SolverName): Update {
  const [from = to] = levels;
  const span = spanOf(from, to, solver);
  const places = [...placesOf(levels, to), 1];
  const found = places.length < 2 ? [0.5] : rhos(places, span);
  const differences = places.map((place, at) => ({ place, rho: found[at] ?? 0 }));
  return update([from, to], span, differences);
}

interface UniPcStep {
  readonly timestep: number;
  /** Levels of this step and of those before it, newest first: as many as the step's order. */
  readonly levels: readonly NoiseLevel[];
  readonly next: NoiseLevel;
  /** The levels of the step before, if that one is to be corrected. */
  readonly lastLevels: readonly NoiseLevel[] | undefined;
}

/** Source: UniPC (arXiv:2302.04867), algorithms 5 to 8, on the predicted clean sample. */
function uniPcStep(
  { timestep, levels, next, lastLevels }: UniPcStep,
  { prediction, solver }: { readonly prediction: Prediction; readonly solver: SolverName },
): SamplerStep {
  const [now = next] = levels;
  const moved = predict(levels, next, solver);
  const mended = lastLevels && correct(lastLevels, now, solver);
  const newest = mended?.memories.at(-1) ?? 0;
  return {
    timestep,
    inputScale: 1,
    clean: cleanShares(prediction, now.signal, now.spread),
    remembers: "clean",
    keep: 3,
    ...(mended && {
      start: { last: mended.start, memories: [newest, ...mended.memories.slice(0, -1)] },
    }),
    move: { start: moved.start, clean: 0, memories: moved.memories, noise: 0 },
  };
}

/** The predictor and corrector on clean samples. */
export function uniPcSampler(
  config: SchedulerConfig,
  noise: NoiseSchedule,
  count: number,
): Sampler {
  const { prediction, uncorrected } = config;
  const solver = config.solver === "bh1" ? "bh1" : "bh2";
  const { timesteps, levels, last } = solverLevels(config, noise, count);
  const total = timesteps.length;
  const usedAt = (at: number): readonly NoiseLevel[] => {
    // A step to no noise at all is infinitely long in lambda: only first order is defined.
    const isEnd = at === total - 1 && (config.lowersOrderAtEnd || last.spread === 0);
    const limit = isEnd ? 1 : config.lowersOrderAtEnd ? total - at : config.order;
    const order = Math.min(config.order, limit, at + 1);
    return levels.slice(at + 1 - order, at + 1).reverse();
  };
  const steps = timesteps.map((timestep, at) =>
    uniPcStep(
      {
        timestep,
        levels: usedAt(at),
        next: levels[at + 1] ?? last,
        lastLevels: at > 0 && !uncorrected.includes(at - 1) ? usedAt(at - 1) : undefined,
      },
      { prediction, solver },
    ),
  );
  return { steps, initialNoiseScale: 1 };
}
