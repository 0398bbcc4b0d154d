import { describe, expect, test } from "vitest";
import { createSampler } from "./create-sampler.ts";
import {
  parseScheduler,
  type SamplerName,
  samplerClasses,
  stableDiffusionScheduler,
} from "./scheduler-config.ts";

/** What SD-1.5's repository says. */
const stableDiffusion = {
  _class_name: "PNDMScheduler",
  _diffusers_version: "0.6.0",
  beta_end: 0.012,
  beta_schedule: "scaled_linear",
  beta_start: 0.00085,
  num_train_timesteps: 1000,
  set_alpha_to_one: false,
  skip_prk_steps: true,
  steps_offset: 1,
  trained_betas: null,
  clip_sample: false,
};

const ddim = { _class_name: "DDIMScheduler" };

describe("parseScheduler", () => {
  test("reads SD-1.5's own", () => {
    expect(parseScheduler(stableDiffusion)).toMatchObject({
      sampler: "pndm",
      noise: { steps: 1000, shape: "scaled_linear", betas: undefined },
      prediction: "epsilon",
      spacing: "leading",
      stepsOffset: 1,
      endsClean: false,
      skipsRungeKutta: true,
    });
  });

  test("keeps what is written, and takes the other class's defaults, when swapped", () => {
    const swapped = parseScheduler(stableDiffusion, "euler-ancestral");
    expect(swapped).toMatchObject({
      spacing: "linspace",
      stepsOffset: 1,
      noise: { betaEnd: 0.012 },
    });
    const written = parseScheduler({ ...stableDiffusion, timestep_spacing: "leading" }, "euler");
    expect(written.spacing).toBe("leading");
    expect(parseScheduler(stableDiffusion, "ddim")).toMatchObject({ clip: undefined });
    expect(parseScheduler({}, "ddim")).toMatchObject({ clip: undefined, endsClean: true });
    expect(parseScheduler({ solver_type: "midpoint" }, "unipc").solver).toBe("bh2");
    expect(
      parseScheduler({ solver_type: "bh1", algorithm_type: "deis" }, "dpm-solver++"),
    ).toMatchObject({ solver: "midpoint", isStochastic: false });
  });

  test.each(["ddim", "ddpm"] as const)(
    "[D3] %s clips nothing unless the config says so",
    (sampler) => {
      const config = { _class_name: samplerClasses[sampler], beta_end: 0.012 };
      const samplerOf = (json: object, as?: SamplerName) =>
        createSampler(parseScheduler(json, as), { steps: 7 });
      const plain = samplerOf({ ...config, clip_sample: false });
      expect(samplerOf(config)).toEqual(plain);
      expect(samplerOf(config, sampler)).toEqual(plain);
      expect(samplerOf({ ...config, clip_sample: null })).toEqual(plain);
      const clipped = samplerOf({ ...config, clip_sample: true }, sampler);
      expect(clipped.steps.map(({ clean }) => clean.limit)).toEqual(Array(7).fill(1));
    },
  );

  test("has SD-1.5's scheduler for a checkpoint without one", () => {
    const own = parseScheduler(stableDiffusion, "ddim");
    const steps = { steps: 20, eta: 0.5 };
    expect(createSampler(stableDiffusionScheduler, steps)).toEqual(createSampler(own, steps));
  });

  test.each([
    ["schedule.unknown", "_class_name", { _class_name: "LMSDiscreteScheduler" }],
    ["schedule.unknown", "_class_name", {}],
    ["schedule.value", "scheduler_config.json", []],
    ["schedule.unsupported", "thresholding", { ...ddim, thresholding: true }],
    ["schedule.unsupported", "prediction_type", { ...ddim, prediction_type: "flow_prediction" }],
    ["schedule.unsupported", "beta_schedule", { ...ddim, beta_schedule: "sigmoid" }],
    ["schedule.unsupported", "use_beta_sigmas", { ...ddim, use_beta_sigmas: true }],
    ["schedule.unsupported", "timestep_type", { ...ddim, timestep_type: "continuous" }],
    ["schedule.value", "num_train_timesteps", { ...ddim, num_train_timesteps: 0.5 }],
    ["schedule.value", "beta_start", { ...ddim, beta_start: "small" }],
    ["schedule.value", "clip_sample", { ...ddim, clip_sample: "yes" }],
    ["schedule.value", "trained_betas", { ...ddim, trained_betas: [0.1, "b"] }],
    ["schedule.value", "steps_offset", { ...ddim, steps_offset: -1 }],
  ])("throws %s at %s", (code, at, config) => {
    const parse = (): unknown => parseScheduler(config);
    expect(parse).toThrow(expect.objectContaining({ code, at }));
  });

  test("names the nearest class", () => {
    expect(() => parseScheduler({ _class_name: "EulerDiscretScheduler" })).toThrow(
      /Did you mean EulerDiscreteScheduler\?/,
    );
  });

  test("refuses what a class lacks", () => {
    const sample = { prediction_type: "sample" };
    expect(() => parseScheduler(sample, "pndm")).toThrow(/epsilon or v_prediction/);
    const stochastic = parseScheduler(
      { algorithm_type: "sde-dpmsolver++", solver_order: 3 },
      "dpm-solver++",
    );
    expect(() => createSampler(stochastic, { steps: 5 })).toThrow(/orders 1 and 2/);
    expect(() => parseScheduler({ solver_order: 4 }, "unipc")).toThrow(/order from 1 to 3/);
  });
});

describe("createSampler", () => {
  test.each([0, -1, 2.5, 1001, Number.NaN])("refuses %d steps", (steps) => {
    expect(() => createSampler(parseScheduler(stableDiffusion), { steps })).toThrow(
      expect.objectContaining({ code: "schedule.steps", at: "steps" }),
    );
  });

  test("says when an offset leads beyond training, or Runge-Kutta has too few steps", () => {
    const config = parseScheduler(stableDiffusion, "ddim");
    expect(() => createSampler(config, { steps: 1000 })).toThrow(/timestep 1000 lies beyond/);
    const start = parseScheduler({ ...stableDiffusion, skip_prk_steps: false });
    expect(() => createSampler(start, { steps: 3 })).toThrow(/from 4 to 1000/);
  });

  test("refuses to divide by a signal of none", () => {
    const config = { rescale_betas_zero_snr: true, timestep_spacing: "trailing" };
    expect(() => createSampler(parseScheduler(config, "ddim"), { steps: 4 })).toThrow(
      /must predict v or the clean sample/,
    );
  });
});
