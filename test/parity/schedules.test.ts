import { describe, expect, test } from "vitest";
import { createSampler } from "../../packages/models/src/schedules/create-sampler.ts";
import { noiseSchedule } from "../../packages/models/src/schedules/noise-schedule.ts";
import {
  type Sampler,
  scaleInput,
  startSampling,
  takeStep,
} from "../../packages/models/src/schedules/sampler.ts";
import { parseScheduler } from "../../packages/models/src/schedules/scheduler-config.ts";
import { readFixture, relativeError } from "./read-fixture.ts";

/** The closed form that stands for the network in schedules.py. */
function network(seen: Float32Array, timestep: number): Float32Array {
  return seen.map(
    (value, at) => Math.sin(value + 0.37 * at) * 0.8 + 0.001 * timestep * Math.cos(at),
  );
}

function runSampler(sampler: Sampler, noise: Float32Array, length: number): Float32Array {
  let drawn = 0;
  const draw = (count: number): Float32Array => {
    const from = drawn++ * length;
    return noise.subarray(from, from + count);
  };
  let state = startSampling(sampler, draw(length));
  for (const step of sampler.steps) {
    const output = network(scaleInput(step, state.sample), step.timestep);
    state = takeStep(step, state, output, draw);
  }
  return state.sample;
}

interface Case {
  readonly config: object;
  readonly steps: number;
  readonly eta: number;
}

const topics = ["ddim", "ddpm", "pndm", "euler", "euler-ancestral", "dpm-solver", "unipc"];

describe.each(topics.flatMap((name) => [name, `${name}-options`]))("%s", async (name) => {
  const { options, inputs, outputs } = await readFixture("schedules", name);
  const noise = inputs["noise"]?.data as Float32Array;

  test.each(Object.entries(options as Record<string, Case>))(
    "[D1] %s",
    (label, { config, steps, eta }) => {
      // The class's own default, where ours is meant for latents.
      const clips = name.startsWith("dd") ? { clip_sample: true } : {};
      const sampler = createSampler(parseScheduler({ ...clips, ...config }), { steps, eta });
      const wanted = outputs[`${label}.sample`]?.data as Float32Array;
      const timesteps = outputs[`${label}.timesteps`]?.data as Float32Array;
      expect(sampler.steps).toHaveLength(timesteps.length);
      sampler.steps.forEach(({ timestep }, at) => {
        expect(timestep).toBeCloseTo(timesteps[at] as number, 2);
      });
      expect(relativeError(runSampler(sampler, noise, wanted.length), wanted)).toBeLessThan(1e-4);
    },
  );
});

describe("alpha bars", async () => {
  const { options, outputs } = await readFixture("schedules", "alpha-bars");

  test.each(Object.entries(outputs))("[D2] %s: the reference's to the bit", (name, { data }) => {
    const config = { _class_name: "DDIMScheduler", ...(options[name] as object) };
    const { alphaBars } = noiseSchedule(parseScheduler(config).noise);
    expect(Float32Array.from(alphaBars)).toEqual(data);
  });
});
