import { uniformFrom } from "@insightgraph/models";

/** Chances of one foreign scene. */
export interface Dice {
  /** In [low, high). */
  range(low: number, high: number): number;
  /** One of the sides, evenly. */
  side<Side>(sides: readonly Side[]): Side;
}

/** Dice that always fall alike for a number. */
export function diceOf(number: number): Dice {
  const uniform = uniformFrom(0x0f0e_16e5 ^ Math.imul(number + 1, 0x6c07_8965));
  return {
    range: (low, high) => low + uniform() * (high - low),
    side<Side>(sides: readonly Side[]): Side {
      const fallen = sides[Math.floor(uniform() * sides.length)];
      if (fallen === undefined) throw new RangeError("dice without sides");
      return fallen;
    },
  };
}
