import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { shownBy } from "../plain-run.fixture.ts";
import { modelIpAdapter } from "./ip-adapter.ts";
import { heldOutScene, miniParts, runContext } from "./node-run.fixture.ts";
import { tinyCheckpoint } from "./tiny-checkpoint.fixture.ts";
import { tinyIpAdapter } from "./tiny-ip-adapter.fixture.ts";
import { modelUnet } from "./unet.ts";

const openUnet = () =>
  modelUnet.run({}, { checkpoint: tinyCheckpoint, weights: "stored" }, runContext());

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

  test("refuses an image encoder that the adapter was not trained with", async () => {
    const { model } = await openUnet();
    const folder = await mkdtemp(path.join(tmpdir(), "clip-"));
    const source = tinyIpAdapter.imageEncoder.slice("dir:".length);
    await cp(source, folder, { recursive: true });
    const config = JSON.parse(await readFile(path.join(source, "config.json"), "utf8"));
    await writeFile(
      path.join(folder, "config.json"),
      JSON.stringify({ ...config, projection_dim: 11 }),
    );
    const wrong = { ...tinyIpAdapter, imageEncoder: `dir:${folder}` };
    const run = () =>
      shownBy(modelIpAdapter, () => modelIpAdapter.run({ model }, wrong, runContext()));
    await expect(run()).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "params.imageEncoder" },
      what: "its embedding is 11 wide, the IP-Adapter reads 10.",
    });
    await rm(folder, { recursive: true });
  });

  test("says what a file that is no IP-Adapter lacks", async () => {
    const { model } = await openUnet();
    const wrong = { ...tinyIpAdapter, adapter: tinyIpAdapter.imageEncoder };
    const run = modelIpAdapter.run({ model }, wrong, runContext());
    await expect(run).rejects.toMatchObject({ code: "node.bad-input" });
  });
});
