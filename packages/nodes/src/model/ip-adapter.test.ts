import { describe, expect, test } from "vitest";
import { modelIpAdapter } from "./ip-adapter.ts";
import { heldOutScene, miniParts, runContext } from "./node-run.fixture.ts";
import { tinyCheckpoint } from "./tiny-checkpoint.fixture.ts";
import { tinyIpAdapter } from "./tiny-ip-adapter.fixture.ts";
import { modelUnet } from "./unet.ts";

const openUnet = () => modelUnet.run({}, { checkpoint: tinyCheckpoint }, runContext());

describe("model.ip-adapter", () => {
  test("makes tokens of the UNet's width, and a UNet that reads them", async () => {
    const context = runContext();
    const { model } = await openUnet();
    const found = await modelIpAdapter.run({ model }, tinyIpAdapter, context);
    const { source } = await heldOutScene();
    const tokens = await found.adapter.project(context, source);
    expect(tokens.shape).toEqual([1, 4, model.imagePrompt?.tokenWidth]);
  });

  test("refuses a network that takes none", async () => {
    const { unet } = await miniParts;
    const run = modelIpAdapter.run({ model: unet }, tinyIpAdapter, runContext());
    await expect(run).rejects.toMatchObject({ at: { path: "inputs.model" } });
  });

  test("says what a file that is no IP-Adapter lacks", async () => {
    const { model } = await openUnet();
    const wrong = { ...tinyIpAdapter, adapter: tinyIpAdapter.imageEncoder };
    const run = modelIpAdapter.run({ model }, wrong, runContext());
    await expect(run).rejects.toMatchObject({ code: "node.bad-input" });
  });
});
