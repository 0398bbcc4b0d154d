import fc from "fast-check";
import { expect, test } from "vitest";
import { flowNetwork, minimumCut } from "./max-flow.ts";

const pairs = [
  [0, 1],
  [1, 2],
  [3, 4],
  [4, 5],
  [0, 3],
  [1, 4],
  [2, 5],
] as const;

/** What a cut costs that keeps on the source's side what `sides` marks. */
function costOf(
  sides: readonly number[],
  excess: readonly number[],
  capacities: readonly number[],
) {
  let cost = 0;
  for (const [node, value] of excess.entries()) {
    if (value > 0 && sides[node] === 0) cost += value;
    if (value < 0 && sides[node] === 1) cost -= value;
  }
  for (const [at, [a, b]] of pairs.entries()) {
    if (sides[a] === 1 && sides[b] === 0) cost += capacities[2 * at] ?? 0;
    if (sides[b] === 1 && sides[a] === 0) cost += capacities[2 * at + 1] ?? 0;
  }
  return cost;
}

test("no cut is cheaper than the one that is found", () => {
  const whole = { maxLength: 6, minLength: 6 };
  const wholes = fc.array(fc.integer({ min: -9, max: 9 }), whole);
  const rooms = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 14, maxLength: 14 });
  fc.assert(
    fc.property(wholes, rooms, (excess, capacities) => {
      const network = flowNetwork(6, Int32Array.from(pairs.flat()));
      network.excess.set(excess);
      for (const [at, [a, b]] of pairs.entries()) {
        for (let arc = network.first[a] ?? 0; arc < (network.first[a + 1] ?? 0); arc++) {
          if (network.to[arc] !== b) continue;
          network.capacity[arc] = capacities[2 * at] ?? 0;
          network.capacity[network.back[arc] ?? 0] = capacities[2 * at + 1] ?? 0;
        }
      }
      const found = costOf([...minimumCut(network)], excess, capacities);
      const every = Array.from({ length: 64 }, (_, bits) => {
        const sides = Array.from({ length: 6 }, (_, node) => (bits >> node) & 1);
        return costOf(sides, excess, capacities);
      });
      expect(found).toBe(Math.min(...every));
    }),
  );
});
