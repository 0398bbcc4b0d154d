import { normalTail } from "./normal-tail.ts";

/** Up to so many differences the distribution is counted out; of fewer also where some are tied or 0. */
const [largestExact, largestExactTied] = [50, 13];

/** Ranks of differences that are sorted by size, tied ones sharing their mean rank. */
function meanRanks(sorted: readonly number[]): readonly number[] {
  const sizes = sorted.map(Math.abs);
  return sizes.map((size) => (sizes.indexOf(size) + sizes.lastIndexOf(size)) / 2 + 1);
}

/** Sum of t³ - t over groups of t equal ranks. */
function tieCorrection(ranks: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const rank of ranks) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + count ** 3 - count, 0);
}

/** Share of the 2^n choices of signs whose positive ranks sum to at most `limit`. */
function shareAtMost(limit: number, ranks: readonly number[]): number {
  // Doubled, so that the mean ranks of ties are whole.
  const shares = new Float64Array(2 * limit + 1);
  shares[0] = 1;
  for (const rank of ranks) {
    for (let sum = 2 * limit; sum >= 0; sum--) {
      const withRank = sum >= 2 * rank ? (shares[sum - 2 * rank] ?? 0) : 0;
      shares[sum] = ((shares[sum] ?? 0) + withRank) / 2;
    }
  }
  return shares.reduce((total, share) => total + share, 0);
}

/**
 * Two-sided p-value for paired differences being symmetric about 0; zeros are left out, and 1 is given where all are.
 * Source: Wilcoxon 1945; scipy's wilcoxon: exact up to 50 differences without ties or zeros and up to 13 with them, else
 * the normal approximation with correction for ties.
 */
export function wilcoxonSignedRank(differences: readonly number[]): number {
  const sorted = differences
    .filter((value) => value !== 0)
    .toSorted((a, b) => Math.abs(a) - Math.abs(b));
  const count = sorted.length;
  if (count === 0) return 1;
  const ranks = meanRanks(sorted);
  const total = (count * (count + 1)) / 2;
  const positive = ranks.reduce((sum, rank, at) => ((sorted[at] ?? 0) > 0 ? sum + rank : sum), 0);
  const statistic = Math.min(positive, total - positive);
  const ties = tieCorrection(ranks);
  const isPlain = ties === 0 && count === differences.length;
  if (differences.length <= (isPlain ? largestExact : largestExactTied)) {
    return Math.min(1, 2 * shareAtMost(statistic, ranks));
  }
  const variance = (total * (2 * count + 1)) / 12 - ties / 48;
  return Math.min(1, 2 * normalTail((total / 2 - statistic) / Math.sqrt(variance)));
}
