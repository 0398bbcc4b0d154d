import { floatsOf } from "@insightgraph/editing/architectures";
import { describe, expect, test } from "vitest";
import { heldOutScene, miniParts, runContext } from "../model/node-run.fixture.ts";
import { generationSample } from "./sample.ts";

const settings = {
  ...{ steps: 2, textGuidance: 1, imageGuidance: 1, seed: 1 },
  ...{ guidanceRescale: 0, eta: 0, noiseScale: 1 },
};

async function prepared() {
  const [parts, { source: picture }] = [await miniParts, await heldOutScene()];
  const context = runContext();
  const read = await parts.mllm.comprehend(context, picture, "remove the apple");
  const bridged = await parts.bridges.text?.(context, read);
  const tokens = await parts.bridges.image?.(context, read.mmTokens);
  if (bridged === undefined || tokens === undefined) throw new TypeError("a branch is missing");
  const source = await parts.vae.encode(context, picture, 512);
  return { inputs: { source, ...bridged, model: parts.unet }, tokens };
}

describe("generation.sample", () => {
  test("gives the same latent for the same seed, and another for another", async () => {
    const { inputs } = await prepared();
    const draw = async (seed: number) =>
      (await generationSample.run(inputs, { ...settings, seed }, runContext())).latent.tensor.data;
    expect(await draw(1)).toEqual(await draw(1));
    expect(await draw(2)).not.toEqual(await draw(1));
  });

  test("makes seeds differ less with less noise", async () => {
    const { inputs } = await prepared();
    const draw = async (seed: number, noiseScale: number) => {
      const { latent } = await generationSample.run(
        inputs,
        { ...settings, seed, noiseScale },
        runContext(),
      );
      return floatsOf(latent.tensor);
    };
    const spread = async (noiseScale: number) => {
      const [one, other] = [await draw(1, noiseScale), await draw(2, noiseScale)];
      return one.reduce((sum, value, at) => sum + (value - (other[at] ?? 0)) ** 2, 0);
    };
    const [none, some, all] = [await spread(0), await spread(0.3), await spread(1)];
    expect(none).toBe(0);
    expect(some).toBeGreaterThan(0);
    expect(all).toBeGreaterThan(some);
  });

  test("runs without an image condition as with one of no weight", async () => {
    const { inputs, tokens } = await prepared();
    const draw = async (scale?: number) => {
      const imageCondition = scale === undefined ? undefined : { tokens, scale };
      const { latent } = await generationSample.run(
        { ...inputs, imageCondition },
        settings,
        runContext(),
      );
      return latent.tensor.data;
    };
    expect(await draw(0)).toEqual(await draw());
    expect(await draw(1)).not.toEqual(await draw());
  });

  test("follows both guidance scales", async () => {
    const { inputs } = await prepared();
    const draw = async (textGuidance: number, imageGuidance: number) => {
      const guided = { ...settings, textGuidance, imageGuidance };
      return (await generationSample.run(inputs, guided, runContext())).latent.tensor.data;
    };
    const plain = await draw(1, 1);
    expect(await draw(2, 1)).not.toEqual(plain);
    expect(await draw(1, 2)).not.toEqual(plain);
  });

  test("refuses further pictures that the network does not see", async () => {
    const { inputs } = await prepared();
    const run = generationSample.run(
      { ...inputs, references: [inputs.source] },
      settings,
      runContext(),
    );
    await expect(run).rejects.toMatchObject({ argument: "references" });
  });

  test("shows every step, and stops between two when cancelled", async () => {
    const { inputs } = await prepared();
    const stop = new AbortController();
    const context = runContext(stop.signal);
    const shown: number[] = [];
    const progress = (done: number, total: number, preview?: unknown): void => {
      expect(preview).toMatchObject({ tensor: { shape: inputs.source.tensor.shape } });
      expect(total).toBe(8);
      shown.push(done);
      if (done === 3) stop.abort();
    };
    const cut = generationSample.run(inputs, { ...settings, steps: 8 }, { ...context, progress });
    await expect(cut).rejects.toMatchObject({ name: "AbortError" });
    expect(shown).toEqual([1, 2, 3]);
  });
});
