import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runContext } from "./node-run.fixture.ts";
import { tinyCheckpoint } from "./tiny-checkpoint.fixture.ts";
import { modelUnet } from "./unet.ts";

const load = (checkpoint: string) =>
  modelUnet.run({}, { checkpoint, weights: "stored" }, runContext());
const file = "unet/diffusion_pytorch_model.safetensors";

describe("model.unet", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "unet-"));
    await cp(tinyCheckpoint.slice("dir:".length), folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  test("gives the network, known by its weights and its scheduler", async () => {
    const { model } = await load(tinyCheckpoint);
    expect(model.readsSource(4)).toBe(true);
    expect(model.lora?.layers()).toContain("conv_in");
    expect(
      await modelUnet.fingerprint?.({ checkpoint: tinyCheckpoint, weights: "stored" }),
    ).toMatch(/^[0-9a-f]{64} [0-9a-f]{64}$/);
  });

  test("names a checkpoint that is not there", async () => {
    await expect(load("no-such-model")).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "params.checkpoint" },
    });
  });

  test.each([
    ["a pickle under another name", Buffer.from([0x80, 2, 0x8a, 10, 99, 99, 99, 99, 99]), /pickle/],
    ["a file that is cut short", Buffer.from([40, 0, 0, 0, 0, 0, 0, 0, 123]), /header/],
  ])("names %s", async (_, bytes, message) => {
    await writeFile(join(folder, file), bytes);
    await expect(load(`dir:${folder}`)).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "params.checkpoint" },
      what: expect.stringMatching(message),
    });
  });

  test("names a config that it cannot follow", async () => {
    await writeFile(join(folder, "unet/config.json"), '{"class_embed_type": "timestep"}');
    await expect(load(`dir:${folder}`)).rejects.toMatchObject({
      what: expect.stringContaining("class_embed_type"),
    });
  });
});
