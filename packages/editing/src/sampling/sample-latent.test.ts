import { createSampler, type NoiseSource, parseScheduler } from "@insightgraph/models";
import { expect, test } from "vitest";
import type { Denoiser, DenoiserInputs } from "../architectures/denoiser.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import { sampleLatent } from "./sample-latent.ts";

/** A source whose draws are the given numbers in turn, the last for ever. */
function noiseOf(...draws: readonly number[]): NoiseSource {
  let at = 0;
  return (count) => {
    const value = draws[Math.min(at++, draws.length - 1)] ?? 0;
    return Float32Array.from({ length: count }, (_, index) => value * (index + 1));
  };
}

/** A network that predicts the noise as nothing; its seeds draw 1, 2, 3, 4. */
const denoiser: Denoiser = {
  readsSource: () => true,
  noise: () => noiseOf(1, 2, 3, 4),
  async open(_, __, rows, { steps, eta }) {
    const scheduler = parseScheduler({ _class_name: "DDIMScheduler", clip_sample: false });
    return {
      sampler: createSampler(scheduler, { steps, eta }),
      predict: async (sample) => new Float32Array(rows.length * sample.length),
    };
  },
};

const zeros = (shape: readonly number[]) => ({
  dtype: "float32" as const,
  shape,
  data: new Float32Array(shape.reduce((product, size) => product * size, 1)),
});
const colours = { patch: 1, weight: new Float32Array(6), bias: new Float32Array(3) };
const inputs: DenoiserInputs = {
  source: { tensor: zeros([1, 2, 1, 2]), colours, scaling: { factor: 1, shift: 0 } },
  condition: zeros([1, 1, 1]),
};
const opener: NetworkOpener = { open: () => Promise.reject(new Error("no networks here")) };

async function draw(eta: number, noise?: NoiseSource): Promise<readonly number[]> {
  const settings = { steps: 4, textGuidance: 1, imageGuidance: 1, eta, seed: 1 };
  const hooks = { signal: new AbortController().signal, onStep: () => {}, ...(noise && { noise }) };
  const { tensor } = await sampleLatent(opener, denoiser, inputs, settings, hooks);
  return Array.from(tensor.data, Number);
}

test("each noisy step takes the seed's next draw", async () => {
  expect(await draw(1)).toEqual(await draw(1, noiseOf(1, 2, 3, 4)));
  expect(await draw(1)).not.toEqual(await draw(1, noiseOf(1)));
  expect(await draw(1)).not.toEqual(await draw(1, noiseOf(1, 2)));
});

test("without noisy steps only the first draw counts", async () => {
  expect(await draw(0)).toEqual(await draw(0, noiseOf(1, 9)));
  expect(await draw(0)).not.toEqual(await draw(0, noiseOf(2)));
});

test("guidance scales are 1 by default, so that one row is enough", async () => {
  let opened = 0;
  const counting: Denoiser = {
    ...denoiser,
    open(from, given, rows, options) {
      opened = rows.length;
      return denoiser.open(from, given, rows, options);
    },
  };
  await sampleLatent(opener, counting, inputs, { steps: 1, seed: 1 });
  expect(opened).toBe(1);
  await sampleLatent(opener, counting, inputs, { steps: 1, seed: 1, textGuidance: 2 });
  expect(opened).toBeGreaterThan(1);
});

test("a step that is not finite ends the sampling by its number", async () => {
  const broken: Denoiser = {
    ...denoiser,
    async open(from, given, rows, options) {
      const open = await denoiser.open(from, given, rows, options);
      return {
        ...open,
        predict: async (sample) => new Float32Array(sample.length).fill(Number.NaN),
      };
    },
  };
  const run = sampleLatent(opener, broken, inputs, { steps: 4, seed: 1 });
  await expect(run).rejects.toMatchObject({
    code: "sampling.not-finite",
    message: expect.stringContaining("step 1 of 4"),
  });
});
