import { uniformFrom } from "@insightgraph/models";

/** A reproducible source of random numbers: a seed always gives the same stream. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** In [low, high). */
  between(low: number, high: number): number;
  /** Whole number in [low, high]. */
  integer(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Index drawn in proportion to the weights. */
  weighted(weights: readonly number[]): number;
}

/** The stream of `uniformFrom`, its seed spread by the 32-bit finalizer of MurmurHash3. */
export function createRandom(seed: number, stream: number): Random {
  const high = Math.floor(seed / 0x1_0000_0000);
  const spread = mix(mix(mix(seed | 0) ^ (high | 0)) ^ Math.imul(stream | 0, 0x9e37_79b9));
  const next = uniformFrom(spread);
  const integer = (low: number, high: number): number =>
    low + Math.floor(next() * (high - low + 1));
  return {
    next,
    integer,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick<T>(items: readonly T[]): T {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new RangeError("cannot pick from an empty list");
      return item;
    },
    weighted(weights) {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      for (const [index, weight] of weights.entries()) {
        left -= weight;
        if (left < 0) return index;
      }
      return weights.length - 1;
    },
  };
}

function mix(value: number): number {
  let h = (value ^ 0x5bf0_3635) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return h ^ (h >>> 16);
}
