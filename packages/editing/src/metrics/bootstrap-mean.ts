import { uniformFrom } from "@insightgraph/models";
import { meanOf } from "./mean-of.ts";

/** A mean with its 95 % confidence interval. */
export interface MeanEstimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** How often to draw the sample anew, and the seed of the draws. */
export interface BootstrapOptions {
  readonly samples: number;
  readonly seed: number;
}

/** Quantile of sorted numbers, linear between neighbours. Source: Hyndman and Fan 1996, definition 7. */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/**
 * Percentile bootstrap of a mean; NaN of no values.
 * Source: Efron 1979, "Bootstrap methods: another look at the jackknife"; scipy's bootstrap, method "percentile".
 */
export function bootstrapMean(
  values: readonly number[],
  { samples, seed }: BootstrapOptions,
): MeanEstimate {
  const uniform = uniformFrom(seed);
  const drawn = Float64Array.from(values);
  const means = new Float64Array(samples);
  for (let sample = 0; sample < samples; sample++) {
    let sum = 0;
    for (let draw = 0; draw < drawn.length; draw++) {
      sum += drawn[Math.floor(uniform() * drawn.length)] as number;
    }
    means[sample] = sum / drawn.length;
  }
  means.sort();
  return { mean: meanOf(values), low: quantile(means, 0.025), high: quantile(means, 0.975) };
}
