import { expect, it } from "vitest";
import { scaledLinearSchedule, stableDiffusionNoise } from "./noise-schedule.ts";

const { alphaBars } = scaledLinearSchedule(stableDiffusionNoise);

it("has SD-1.5's published ends", () => {
  expect(alphaBars).toHaveLength(1000);
  expect(alphaBars[0]).toBeCloseTo(0.99915, 10);
  // Published to seven places.
  expect(alphaBars[999]).toBeCloseTo(0.0046601, 7);
  const sigma = (t: number): number => {
    const kept = alphaBars[t] ?? Number.NaN;
    return Math.sqrt((1 - kept) / kept);
  };
  expect(sigma(0)).toBeCloseTo(0.029167, 6);
  expect(sigma(999)).toBeCloseTo(14.614641, 5);
});

it("falls at every timestep", () => {
  alphaBars.forEach((value, at) => {
    expect(value).toBeLessThan(alphaBars[at - 1] ?? 1);
  });
});
