import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSampler } from "./create-sampler.ts";
import { trailingDdim } from "./ddim.ts";
import { noiseSchedule, stableDiffusionNoise } from "./noise-schedule.ts";
import type { Prediction } from "./prediction.ts";
import { predictClean, type Sampler, scaleInput, startSampling, takeStep } from "./sampler.ts";
import { parseScheduler, type SamplerName, samplerClasses } from "./scheduler-config.ts";
import { torchNoise } from "./torch-noise.ts";

const names = Object.keys(samplerClasses) as SamplerName[];
const latent = {
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: "scaled_linear",
  clip_sample: false,
  set_alpha_to_one: true,
  skip_prk_steps: true,
  steps_offset: 1,
};
const { alphaBars } = noiseSchedule(stableDiffusionNoise);
const isSigmaScaled = (name: SamplerName): boolean => name.startsWith("euler");

/** What a network that knows the clean sample would put out. */
function perfectOutput(
  name: SamplerName,
  prediction: Prediction,
  sample: Float32Array,
  clean: Float32Array,
  timestep: number,
): Float32Array {
  const low = Math.min(Math.floor(timestep), 998);
  const sigmaOf = (t: number): number => Math.sqrt(1 / (alphaBars[t] ?? 0) - 1);
  const sigma = sigmaOf(low) + (timestep - low) * (sigmaOf(low + 1) - sigmaOf(low));
  const signal = 1 / Math.hypot(sigma, 1);
  const scale = isSigmaScaled(name) ? signal : 1;
  return sample.map((value, at) => {
    const x0 = clean[at] ?? 0;
    const epsilon = (value * scale - signal * x0) / (sigma * signal);
    if (prediction === "epsilon") return epsilon;
    return prediction === "sample" ? x0 : signal * epsilon - sigma * signal * x0;
  });
}

function sampled(
  name: SamplerName,
  sampler: Sampler,
  prediction: Prediction,
  clean: Float32Array,
): Float32Array {
  const draw = torchNoise(7);
  let state = startSampling(sampler, draw(clean.length));
  for (const step of sampler.steps) {
    const output = perfectOutput(name, prediction, state.sample, clean, step.timestep);
    state = takeStep(step, state, output, draw);
  }
  return state.sample;
}

describe.each(names)("%s", (name) => {
  const kinds = (["epsilon", "v_prediction", "sample"] as const).filter(
    // PNDM mixes outputs of several timesteps, which of the three only noise keeps exact.
    (kind) => name !== "pndm" || kind === "epsilon",
  );

  test.each(kinds)(
    "[D4] ends on the clean sample that a perfect network tells by %s",
    (prediction) => {
      const config = parseScheduler({ ...latent, prediction_type: prediction }, name);
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 30 }),
          fc.array(fc.float({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 6 }),
          (steps, values) => {
            const clean = Float32Array.from(values);
            const found = sampled(name, createSampler(config, { steps }), prediction, clean);
            // Euler starts at the last timestep's sigma, so single precision loses four places at once.
            found.forEach((value, at) => {
              expect(Math.abs(value - (clean[at] ?? 0))).toBeLessThan(2e-4);
            });
          },
        ),
        { numRuns: 25 },
      );
    },
  );

  test("asks for noise only where it adds some", () => {
    const sampler = createSampler(parseScheduler(latent, name), { steps: 4 });
    const noise = torchNoise(1);
    let [drawn, state] = [0, startSampling(sampler, noise(20))];
    for (const step of sampler.steps) {
      state = takeStep(step, state, new Float32Array(20), (count) => {
        drawn++;
        return noise(count);
      });
    }
    expect(drawn).toBe(sampler.steps.filter(({ move }) => move.noise !== 0).length);
    expect(drawn > 0).toBe(name === "ddpm" || name === "euler-ancestral");
  });
});

describe("a step", () => {
  const config = parseScheduler({ ...latent, timestep_spacing: "linspace" }, "euler-ancestral");
  const sampler = createSampler(config, { steps: 100 });
  const [first] = sampler.steps;
  if (first === undefined) throw new RangeError();

  test("scales SD-1.5's input by its published sigma", () => {
    expect(sampler.initialNoiseScale).toBeCloseTo(14.6146, 4);
    expect(scaleInput(first, Float32Array.of(14.6146))[0]).toBeCloseTo(0.99767, 4);
  });

  test("tells the clean sample before the move", () => {
    const clean = predictClean(first, Float32Array.of(3), Float32Array.of(0.5));
    expect(clean[0]).toBeCloseTo(3 - 14.614641 * 0.5, 4);
  });

  test("leaves what it is given as it is", () => {
    const [noise, output] = [Float32Array.of(1, 2), Float32Array.of(3, 4)];
    takeStep(first, startSampling(sampler, noise), output, () => Float32Array.of(5, 6));
    expect([...noise, ...output]).toEqual([1, 2, 3, 4]);
  });
});

describe("startSampling", () => {
  test("begins with the noise, or with a share of it", () => {
    const sampler = trailingDdim(noiseSchedule(stableDiffusionNoise), 1);
    const noise = Float32Array.of(1, -2);
    expect(startSampling(sampler, noise).sample).toEqual(noise);
    expect(startSampling(sampler, noise, 0.5).sample).toEqual(Float32Array.of(0.5, -1));
    expect(startSampling(sampler, noise, 0).sample.map(Math.abs)).toEqual(Float32Array.of(0, 0));
  });
});

describe("trailingDdim", () => {
  test("ends on the prediction, whatever the sample", () => {
    const sampler = trailingDdim(noiseSchedule(stableDiffusionNoise), 3);
    expect(sampler.steps.map(({ timestep }) => timestep)).toEqual([999, 666, 332]);
    const last = sampler.steps.at(-1);
    if (last === undefined) throw new RangeError();
    const state = startSampling(sampler, Float32Array.of(1, -2));
    expect(takeStep(last, state, Float32Array.of(7, 8), torchNoise(0)).sample).toEqual(
      Float32Array.of(7, 8),
    );
  });
});
