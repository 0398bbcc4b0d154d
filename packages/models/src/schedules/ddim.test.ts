import { describe, expect, it } from "vitest";
import { ddimMove, ddimSteps } from "./ddim.ts";
import { scaledLinearSchedule, stableDiffusionNoise } from "./noise-schedule.ts";

const noise = scaledLinearSchedule(stableDiffusionNoise);
const timesteps = (count: number): readonly number[] =>
  ddimSteps(noise, count).map(({ timestep }) => timestep);

describe("ddimSteps", () => {
  it("begins at the last timestep and steps evenly down", () => {
    expect(timesteps(1)).toEqual([999]);
    expect(timesteps(4)).toEqual([999, 749, 499, 249]);
    // round(1000 - 1000 k / 3) - 1
    expect(timesteps(3)).toEqual([999, 666, 332]);
    const hundred = timesteps(100);
    expect([hundred[0], hundred[1], hundred[99]]).toEqual([999, 989, 9]);
    const all = timesteps(1000);
    expect([all[0], all[1], all[999]]).toEqual([999, 998, 0]);
  });

  it("hands each step's level on to the next, and ends without noise", () => {
    const steps = ddimSteps(noise, 7);
    steps.forEach(({ timestep, signal, spread, nextSignal, nextSpread }, at) => {
      expect(signal ** 2).toBeCloseTo(noise.alphaBars[timestep] ?? Number.NaN, 12);
      expect(signal ** 2 + spread ** 2).toBeCloseTo(1, 12);
      expect(nextSignal).toBe(steps[at + 1]?.signal ?? 1);
      expect(nextSpread).toBe(steps[at + 1]?.spread ?? 0);
    });
  });
});

describe("ddimMove", () => {
  const [first, second, last] = ddimSteps(noise, 3);
  if (first === undefined || second === undefined || last === undefined) throw new RangeError();
  const clean = Float32Array.of(1, -0.5, 0);
  const drawn = Float32Array.of(0.3, -2, 1.5);
  const mixed = (signal: number, spread: number): Float32Array =>
    clean.map((value, at) => signal * value + spread * (drawn[at] ?? 0));

  it("keeps the noise and lowers its share when the prediction is right", () => {
    const moved = ddimMove(first, mixed(first.signal, first.spread), clean);
    mixed(second.signal, second.spread).forEach((value, at) => {
      // Samples are held in single precision.
      expect(moved[at]).toBeCloseTo(value, 5);
    });
  });

  it("ends on the prediction, whatever the sample", () => {
    const wrong = Float32Array.of(7, 8, 9);
    expect(ddimMove(last, mixed(last.signal, last.spread), wrong)).toEqual(wrong);
  });

  it("is the published step in terms of the predicted noise", () => {
    const sample = Float32Array.of(0.25, -1, 2);
    const predicted = Float32Array.of(-0.5, 0.75, 0.125);
    const moved = ddimMove(second, sample, predicted);
    sample.forEach((value, at) => {
      const epsilon = (value - second.signal * (predicted[at] ?? 0)) / second.spread;
      const x0 = (value - second.spread * epsilon) / second.signal;
      const wanted = last.signal * x0 + last.spread * epsilon;
      expect(moved[at]).toBeCloseTo(wanted, 5);
    });
  });
});
