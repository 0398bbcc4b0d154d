import type { DdimMove } from "./ddim.ts";
import { cleanShares } from "./prediction.ts";
import type { SamplerStep } from "./sampler.ts";
import type { SchedulerConfig } from "./scheduler-config.ts";

/** Keeps logarithms of the variance finite, as in the reference. */
const leastVariance = 1e-20;

function deviation(
  variance: SchedulerConfig["variance"],
  { alphaBar, nextAlphaBar }: DdimMove,
): number {
  const beta = 1 - alphaBar / nextAlphaBar;
  if (variance === "fixed_large") return Math.sqrt(beta);
  return Math.sqrt(Math.max(((1 - nextAlphaBar) / (1 - alphaBar)) * beta, leastVariance));
}

/** Source: DDPM (arXiv:2006.11239), eq. 6 and 7, over spaced timesteps. */
export function ddpmStep(
  move: DdimMove,
  { prediction, clip, variance }: Pick<SchedulerConfig, "prediction" | "clip" | "variance">,
): SamplerStep {
  const { timestep, alphaBar, nextAlphaBar } = move;
  const alpha = alphaBar / nextAlphaBar;
  const [signal, spread] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
  return {
    timestep,
    inputScale: 1,
    clean: { ...cleanShares(prediction, signal, spread), limit: clip },
    remembers: "clean",
    keep: 0,
    move: {
      start: (Math.sqrt(alpha) * (1 - nextAlphaBar)) / (1 - alphaBar),
      clean: (Math.sqrt(nextAlphaBar) * (1 - alpha)) / (1 - alphaBar),
      memories: [],
      noise: timestep > 0 ? deviation(variance, move) : 0,
    },
  };
}
