import { expect, test } from "vitest";
import { heldOutScene, runContext } from "./node-run.fixture.ts";
import { tinyCheckpoint } from "./tiny-checkpoint.fixture.ts";
import { modelVae } from "./vae.ts";

test("gives the autoencoder with its scaling", async () => {
  const context = runContext();
  const { model } = await modelVae.run({}, { checkpoint: tinyCheckpoint }, context);
  expect(model.latentChannels).toBe(4);
  const { source } = await heldOutScene();
  const { scaling } = await model.encode(context, source, 64);
  expect(scaling.factor).toBeCloseTo(1 / 0.18215 ** -1);
});
