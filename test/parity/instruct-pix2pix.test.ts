import { afterAll, describe, expect, test } from "vitest";
import type { Picture } from "../../packages/editing/src/pictures.ts";
import type { RunContext } from "../../packages/engine/src/node.ts";
import { createSessionPool } from "../../packages/engine/src/runtime.ts";
import { parseScheduler } from "../../packages/models/src/index.ts";
import { comprehensionClipText } from "../../packages/nodes/src/comprehension/clip-text.ts";
import { generationDecode } from "../../packages/nodes/src/generation/decode.ts";
import { generationEncode } from "../../packages/nodes/src/generation/encode.ts";
import { generationSample } from "../../packages/nodes/src/generation/sample.ts";
import { modelClipText } from "../../packages/nodes/src/model/clip-text.ts";
import { tinyCheckpoint } from "../../packages/nodes/src/model/tiny-checkpoint.fixture.ts";
import { modelUnet } from "../../packages/nodes/src/model/unet.ts";
import { modelVae } from "../../packages/nodes/src/model/vae.ts";
import { readFixture, relativeError } from "./read-fixture.ts";

const pool = createSessionPool({ threads: 1 });
afterAll(() => pool.close());
const context: RunContext = {
  signal: new AbortController().signal,
  progress: () => {},
  log: () => {},
  saved: () => {},
  reserve: async (path) => path,
  mayRead: async () => {},
  open: (model) => pool.open(model),
};

const { inputs, outputs, options } = await readFixture("instruct-pix2pix", "edits");
const checkpoint = { checkpoint: tinyCheckpoint };

function floats(name: string): Float32Array {
  const { data } = outputs[name] ?? inputs[name] ?? {};
  if (data instanceof Float32Array) return data;
  throw new RangeError(name);
}

const [height = 0, width = 0] = inputs["picture"]?.shape ?? [];
const picture: Picture = { width, height, channels: 3, data: Uint8Array.from(floats("picture")) };

async function prepared() {
  const [{ model: clip }, { model: vae }, { model: unet }] = await Promise.all([
    modelClipText.run({}, checkpoint, context),
    modelVae.run({}, checkpoint, context),
    modelUnet.run({}, { ...checkpoint, weights: "stored" }, context),
  ]);
  const read = async (text: string) =>
    (await comprehensionClipText.run({ text, model: clip }, {}, context)).condition;
  const { latent } = await generationEncode.run(
    { image: picture, model: vae },
    { longerSide: 512 },
    context,
  );
  const condition = await read(String(options["instruction"]));
  return { condition, negative: await read(""), source: latent, unet, vae };
}

describe("InstructPix2Pix from a checkpoint's folder", () => {
  test("reads texts and picture as its pipeline does", async () => {
    const { condition, negative, source } = await prepared();
    expect(relativeError(condition.data as Float32Array, floats("embeds"))).toBeLessThan(1e-4);
    expect(relativeError(negative.data as Float32Array, floats("negative"))).toBeLessThan(1e-4);
    expect(relativeError(source.tensor.data as Float32Array, floats("source"))).toBeLessThan(1e-4);
  });

  test.each([
    ["euler-ancestral", { textGuidance: 7.5, imageGuidance: 1.5, eta: 0 }],
    ["ddim", { textGuidance: 3, imageGuidance: 1.2, eta: 0.5 }],
    ["pndm", { textGuidance: 7.5, imageGuidance: 1, eta: 0 }],
  ])("draws with %s what its pipeline draws from the same seed", async (name, guidance) => {
    const { unet, vae, ...told } = await prepared();
    const schedulers = options["schedulers"] as Readonly<Record<string, unknown>>;
    const settings = {
      ...guidance,
      guidanceRescale: 0,
      noiseScale: 1,
      steps: Number(options["steps"]),
    };
    const { latent } = await generationSample.run(
      { ...told, model: unet, scheduler: parseScheduler(schedulers[name]) },
      { ...settings, seed: Number(options["seed"]) },
      context,
    );
    const unit = (latent.tensor.data as Float32Array).map((x) => x * latent.scaling.factor);
    expect(relativeError(unit, floats(`${name}.latent`))).toBeLessThan(1e-4);
    const { image } = await generationDecode.run({ latent, model: vae }, {}, context);
    const wanted = floats(`${name}.pixels`);
    expect(image.data.length).toBe(wanted.length);
    const worst = image.data.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - 255 * (wanted[at] ?? 0))),
      0,
    );
    // Rounding to whole numbers alone moves a value by half a step.
    expect(worst).toBeLessThan(0.6);
  });
});
