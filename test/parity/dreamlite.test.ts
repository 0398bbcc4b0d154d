import { describe, expect, test } from "vitest";
import {
  parseTinyAutoencoderConfig,
  tinyDecoder,
  tinyEncoder,
} from "../../packages/models/src/networks/autoencoder-tiny.ts";
import { buildNetwork } from "../../packages/models/src/networks/define-network.ts";
import { parseDreamliteConfig } from "../../packages/models/src/networks/dreamlite-config.ts";
import { dreamliteUnet } from "../../packages/models/src/networks/dreamlite-unet.ts";
import {
  flowSampler,
  linearShift,
  parseFlowSchedule,
} from "../../packages/models/src/schedules/flow.ts";
import { startSampling, takeStep } from "../../packages/models/src/schedules/sampler.ts";
import { formulaWeights } from "./formula-weights.ts";
import {
  expecting,
  parityError,
  parityTargets,
  readFixture,
  relativeError,
} from "./read-fixture.ts";

describe("DreamLite against diffusers", () => {
  test.each(["unet", "unet-plain"])("[N15] %s", async (name) => {
    const fixture = await readFixture("dreamlite", name);
    const [, , height = 0, width = 0] = fixture.inputs["sample"]?.shape ?? [];
    const config = {
      unet: parseDreamliteConfig(fixture.config),
      size: [height, width] as const,
      textTokens: 5,
    };
    const weights = formulaWeights(buildNetwork(dreamliteUnet, config).graph);
    for (const target of parityTargets) {
      const error = await parityError(dreamliteUnet, config, { ...fixture, weights }, "", target);
      expect(error).toBeLessThan(target.limit);
    }
  });

  test.each([
    ["autoencoder", [12, 20]],
    ["taesd", [16, 24]],
  ] as const)("[N15] tiny autoencoder: %s", async (name, imageSize) => {
    const fixture = await readFixture("dreamlite", name);
    const config = { vae: parseTinyAutoencoderConfig(fixture.config), imageSize };
    const encoding = {
      ...expecting(fixture, { latent: "latent" }),
      weights: formulaWeights(buildNetwork(tinyEncoder, config).graph),
    };
    const decoding = {
      ...expecting(fixture, { pixels: "decoded" }),
      inputs: { latent: fixture.outputs["latent"] as never },
      weights: formulaWeights(buildNetwork(tinyDecoder, config).graph),
    };
    for (const target of parityTargets) {
      const [encoded, decoded] = [
        await parityError(tinyEncoder, config, encoding, "", target),
        await parityError(tinyDecoder, config, decoding, "", target),
      ];
      expect(Math.max(encoded, decoded)).toBeLessThan(target.limit);
    }
  });

  test.each(["dynamic-28", "dynamic-4", "fixed-5"])("[N16] the schedule %s", async (name) => {
    const { config, options, inputs, outputs } = await readFixture("dreamlite", name);
    const { steps, tokens } = options as { readonly steps: number; readonly tokens: number };
    const schedule = parseFlowSchedule(config);
    const sampler = flowSampler(schedule, steps, linearShift(schedule, tokens));
    const timesteps = sampler.steps.map(({ timestep }) => timestep);
    expect(
      relativeError(timesteps, Array.from(outputs["timesteps"]?.data ?? [], Number)),
    ).toBeLessThan(1e-6);
    let state = startSampling(sampler, inputs["noise"]?.data as Float32Array);
    const path = sampler.steps.flatMap((step, at) => {
      const velocity = state.sample.map((value) => Math.sin(value + at));
      state = takeStep(step, state, velocity, () => new Float32Array());
      return [...state.sample];
    });
    expect(relativeError(path, Array.from(outputs["path"]?.data ?? [], Number))).toBeLessThan(1e-5);
  });
});
