import { expect, test } from "vitest";
import { roundHalfEven, spaceTimesteps } from "./timesteps.ts";

const total = 1000;

test("spaces 100 of 1000 as diffusers documents", () => {
  const leading = spaceTimesteps(100, { spacing: "leading", total, offset: 1 });
  expect([leading[0], leading[1], leading[99]]).toEqual([991, 981, 1]);
  const even = spaceTimesteps(100, { spacing: "linspace", total, offset: 1, fractions: true });
  expect(even[0]).toBe(999);
  expect(even[1]).toBeCloseTo(988.909, 3);
  expect(even[99]).toBe(0);
  const trailing = spaceTimesteps(100, { spacing: "trailing", total, offset: 1 });
  expect([trailing[0], trailing[1], trailing[99]]).toEqual([999, 989, 9]);
});

test("rounds halves to the even neighbour", () => {
  expect([0.5, 1.5, 2.5, 812.5, 937.5].map(roundHalfEven)).toEqual([0, 2, 2, 812, 938]);
  // 1000 - 3 x 62.5 = 812.5
  expect(spaceTimesteps(16, { spacing: "trailing", total, offset: 0 })[3]).toBe(811);
});

test("leaves out the last timestep of one more, and the noisiest ones, when asked", () => {
  const options = { spacing: "linspace", total, offset: 0, leavesLast: true } as const;
  expect(spaceTimesteps(3, options)).toEqual([999, 666, 333]);
  expect(spaceTimesteps(3, { ...options, skipped: 100 })).toEqual([899, 599, 300]);
  expect(spaceTimesteps(1, { ...options, spacing: "leading" })).toEqual([500]);
});
