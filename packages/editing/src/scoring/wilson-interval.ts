/** Bounds of a confidence interval, both included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Standard normal quantile of 0.975. */
const z95 = 1.959963984540054;

/**
 * 95 % confidence interval of a share, sound also for few trials and shares near 0 and 1.
 *
 * Source: E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference".
 */
export function wilsonInterval(successes: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const share = successes / trials;
  const z2 = (z95 * z95) / trials;
  const middle = (share + z2 / 2) / (1 + z2);
  const reach = (Math.sqrt((share * (1 - share)) / trials + z2 / trials / 4) * z95) / (1 + z2);
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}
