/**
 * Two-sided exact p-value for two methods succeeding equally often on the same items; 1 where they never differ.
 * @param differences 1 where only the first succeeds, -1 where only the second does, else 0.
 * Source: McNemar 1947, with the binomial distribution; scipy's binomtest.
 */
export function mcnemar(differences: readonly number[]): number {
  const gains = differences.filter((value) => value > 0).length;
  const losses = differences.filter((value) => value < 0).length;
  const count = gains + losses;
  let logShare = -count * Math.LN2;
  let tail = 0;
  for (let successes = 0; successes <= Math.min(gains, losses); successes++) {
    tail += Math.exp(logShare);
    logShare += Math.log((count - successes) / (successes + 1));
  }
  return Math.min(1, 2 * tail);
}
