import { describe, expect, test } from "vitest";
import { ddimStep, trailingDdim } from "./ddim.ts";
import { noiseSchedule, stableDiffusionNoise } from "./noise-schedule.ts";
import { startSampling, takeStep } from "./sampler.ts";

const noise = noiseSchedule(stableDiffusionNoise);
const timesteps = (count: number): readonly number[] =>
  trailingDdim(noise, count).steps.map(({ timestep }) => timestep);
const silence = (): Float32Array => {
  throw new RangeError("deterministic DDIM adds no noise");
};

describe("trailingDdim", () => {
  test("begins at the last timestep and steps evenly down", () => {
    expect(timesteps(1)).toEqual([999]);
    expect(timesteps(4)).toEqual([999, 749, 499, 249]);
    // round(1000 - 1000 k / 3) - 1
    expect(timesteps(3)).toEqual([999, 666, 332]);
    const hundred = timesteps(100);
    expect([hundred[0], hundred[1], hundred[99]]).toEqual([999, 989, 9]);
    const all = timesteps(1000);
    expect([all[0], all[1], all[999]]).toEqual([999, 998, 0]);
  });

  const clean = Float32Array.of(1, -0.5, 0);
  const drawn = Float32Array.of(0.3, -2, 1.5);
  const mixed = (timestep: number): Float32Array => {
    const kept = noise.alphaBars[timestep] ?? 1;
    return clean.map(
      (value, at) => Math.sqrt(kept) * value + Math.sqrt(1 - kept) * (drawn[at] ?? 0),
    );
  };

  test("keeps the noise and lowers its share when the prediction is right", () => {
    const sampler = trailingDdim(noise, 3);
    let state = { ...startSampling(sampler, drawn), sample: mixed(999) };
    sampler.steps.forEach((step, at) => {
      state = takeStep(step, state, clean, silence);
      mixed(timesteps(3)[at + 1] ?? -1).forEach((value, index) => {
        // Samples are held in single precision.
        expect(state.sample[index]).toBeCloseTo(value, 5);
      });
    });
  });
});

describe("ddimStep", () => {
  test("is the published step in terms of the predicted noise", () => {
    const move = { timestep: 500, alphaBar: 0.5, nextAlphaBar: 0.8 };
    const step = ddimStep(move, { prediction: "epsilon", eta: 0 });
    const [sample, epsilon] = [Float32Array.of(0.25, -1, 2), Float32Array.of(-0.5, 0.75, 0.125)];
    const state = { sample, start: sample, memories: [] };
    takeStep(step, state, epsilon, silence).sample.forEach((value, at) => {
      const x0 = ((sample[at] ?? 0) - Math.sqrt(0.5) * (epsilon[at] ?? 0)) / Math.sqrt(0.5);
      expect(value).toBeCloseTo(Math.sqrt(0.8) * x0 + Math.sqrt(0.2) * (epsilon[at] ?? 0), 5);
    });
  });

  test("adds DDPM's noise at eta 1", () => {
    const move = { timestep: 500, alphaBar: 0.5, nextAlphaBar: 0.8 };
    const { noise: added } = ddimStep(move, { prediction: "epsilon", eta: 1 }).move;
    // (1 - 0.8) / (1 - 0.5) * (1 - 0.5 / 0.8)
    expect(added).toBeCloseTo(Math.sqrt(0.4 * 0.375), 12);
  });
});
