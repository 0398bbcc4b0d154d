/** How far two judges agree. */
export interface Agreement {
  /** Cases that both judged. */
  readonly count: number;
  /** Share of equal judgements, 0 to 1; NaN without cases. */
  readonly share: number;
  /** Cohen's kappa, the share beyond chance: 1 at most, 0 by chance; NaN where both always say the same one thing. */
  readonly kappa: number;
}

/**
 * Agreement of two judges on the same cases.
 * Source: Cohen 1960, "A coefficient of agreement for nominal scales".
 */
export function agreementOf(pairs: readonly (readonly [string, string])[]): Agreement {
  const count = pairs.length;
  const shareOf = (judge: 0 | 1, choice: string): number =>
    pairs.filter((pair) => pair[judge] === choice).length / count;
  const choices = [...new Set(pairs.flat())];
  const share = pairs.filter(([a, b]) => a === b).length / count;
  const chance = choices.reduce((sum, choice) => sum + shareOf(0, choice) * shareOf(1, choice), 0);
  return { count, share, kappa: (share - chance) / (1 - chance) };
}
