import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { openPart } from "../../packages/editing/src/architectures.ts";
import type { Mask, Picture } from "../../packages/editing/src/pictures.ts";
import { createSessionPool } from "../../packages/engine/src/runtime.ts";
import { parseScheduler } from "../../packages/models/src/index.ts";
import { generationEncode } from "../../packages/nodes/src/generation/encode.ts";
import { generationSample } from "../../packages/nodes/src/generation/sample.ts";
import { tinyCheckpoint } from "../../packages/nodes/src/model/tiny-checkpoint.fixture.ts";
import { plainRun, shownBy } from "../../packages/nodes/src/plain-run.fixture.ts";
import { readFixture, relativeError } from "./read-fixture.ts";

const pool = createSessionPool({ threads: 1 });
afterAll(() => pool.close());
const context = { ...plainRun, open: pool.open };

const { inputs, outputs, options } = await readFixture("inpaint", "fill");
const bytesOf = (name: string): Uint8Array => Uint8Array.from(inputs[name]?.data as Float32Array);
const [height = 0, width = 0] = inputs["picture"]?.shape ?? [];
const image: Picture = { width, height, channels: 3, data: bytesOf("picture") };
const hidden: Mask = { width, height, data: bytesOf("hidden") };

const folder = fileURLToPath(new URL("../fixtures/checkpoints/tiny-inpainting", import.meta.url));
const [unet, vae, clip] = await Promise.all([
  openPart(`dir:${folder}`, "denoiser"),
  openPart(tinyCheckpoint, "autoencoder"),
  openPart(tinyCheckpoint, "textEncoder"),
]);
const settings = {
  ...{ steps: Number(options["steps"]), textGuidance: Number(options["guidance"]) },
  ...{ imageGuidance: 1, guidanceRescale: 0, eta: 0, noiseScale: 1, seed: Number(options["seed"]) },
};

test("fills a mask as diffusers' inpainting pipeline does from the same seed", async () => {
  const encoded = await generationEncode.run(
    { image, hidden, model: vae },
    { longerSide: 512 },
    context,
  );
  const source = encoded.latent;
  expect(
    relativeError(source.tensor.data as Float32Array, outputs["source"]?.data as Float32Array),
  ).toBeLessThan(1e-4);
  const condition = await clip.encode(context, String(options["prompt"]));
  const negative = await clip.encode(context, "");
  const scheduler = parseScheduler(options["scheduler"]);
  const told = { source, condition, negative, scheduler, model: unet };
  const { latent } = await generationSample.run({ ...told, mask: hidden }, settings, context);
  const unit = (latent.tensor.data as Float32Array).map((x) => x * latent.scaling.factor);
  expect(relativeError(unit, outputs["latent"]?.data as Float32Array)).toBeLessThan(1e-4);
  await expect(
    shownBy(generationSample, () => generationSample.run(told, settings, context)),
  ).rejects.toMatchObject({ at: { path: "inputs.mask" } });
});

test("a network that fills no masks refuses one", async () => {
  const model = await openPart(tinyCheckpoint, "denoiser");
  const { latent: source } = await generationEncode.run(
    { image, model: vae },
    { longerSide: 512 },
    context,
  );
  const condition = await clip.encode(context, "");
  const told = { source, condition, negative: condition, model, mask: hidden };
  await expect(
    shownBy(generationSample, () => generationSample.run(told, settings, context)),
  ).rejects.toMatchObject({ code: "node.bad-input", at: { path: "inputs.mask" } });
});
