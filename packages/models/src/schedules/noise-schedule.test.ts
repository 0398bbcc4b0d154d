import { expect, test } from "vitest";
import { noiseSchedule, stableDiffusionNoise } from "./noise-schedule.ts";

const { alphaBars } = noiseSchedule(stableDiffusionNoise);

test("has SD-1.5's published ends", () => {
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

test("falls at every timestep", () => {
  alphaBars.forEach((value, at) => {
    expect(value).toBeLessThan(alphaBars[at - 1] ?? 1);
  });
});

test("moves the last timestep to pure noise when asked, and keeps the first", () => {
  const moved = noiseSchedule({ ...stableDiffusionNoise, zeroTerminalSnr: true }).alphaBars;
  expect(moved[999]).toBe(0);
  expect(moved[0]).toBeCloseTo(alphaBars[0] ?? 0, 12);
});

test("takes betas as they are written out", () => {
  const betas = [0.1, 0.2, 0.5];
  const { alphaBars: given } = noiseSchedule({ ...stableDiffusionNoise, steps: 3, betas });
  [0.9, 0.72, 0.36].forEach((wanted, at) => {
    expect(given[at]).toBeCloseTo(wanted, 12);
  });
});
