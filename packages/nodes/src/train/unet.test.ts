import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openPart } from "@insightgraph/editing/architectures";
import { findComponent } from "@insightgraph/editing/checkpoints";
import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { trainUnet } from "./unet.ts";

const checkpoint = `dir:${fileURLToPath(
  new URL("../../../../test/fixtures/checkpoints/tiny-instruct-pix2pix", import.meta.url),
)}`;

test("trains, shows its progress and its losses, and gives a checkpoint that loads", async () => {
  const folder = await mkdtemp(join(tmpdir(), "train-unet-node-"));
  const context = runContext();
  const settings = {
    ...{ checkpoint, folder, dataset: "", share: 1, varied: 0 },
    ...{ side: 16, steps: 50, batch: 1, rate: 1e-3, seed: 1, rank: 0, targets: "" },
  };
  const trained = await trainUnet.run({}, settings, context);
  expect(context.steps.at(-1)).toMatchObject({ done: 50, total: 50 });
  expect(trained.losses.width).toBeGreaterThan(400);
  expect(trained.log).toMatch(/^\| step \| stage \| rate \| diffusion loss \|\n/);
  expect(trained.checkpoint).toBe(`dir:${join(folder, "checkpoint")}`);
  const denoiser = await openPart(trained.checkpoint, "denoiser");
  expect(denoiser.readsSource(4)).toBe(true);
  await rm(folder, { recursive: true });
});

test("trains a LoRA of the layers that are named, for model.lora", async () => {
  const folder = await mkdtemp(join(tmpdir(), "train-unet-node-"));
  const settings = {
    ...{ checkpoint, folder, dataset: "", share: 1, varied: 0 },
    ...{ side: 16, steps: 2, batch: 1, rate: 1e-3, seed: 1, rank: 4, targets: "to_k, to_v" },
  };
  const trained = await trainUnet.run({}, settings, runContext());
  expect(trained.checkpoint).toBe(`dir:${join(folder, "lora")}`);
  const { config } = await findComponent(trained.checkpoint, "lora");
  expect(config).toEqual({});
  await rm(folder, { recursive: true });
});

test("blames a checkpoint that there is not on its param", async () => {
  const folder = await mkdtemp(join(tmpdir(), "train-unet-node-"));
  const settings = {
    ...{ checkpoint: "dir:/nowhere", folder, dataset: "", share: 1, varied: 0 },
    ...{ side: 16, steps: 1, batch: 1, rate: 1e-3, seed: 1, rank: 0, targets: "" },
  };
  await expect(trainUnet.run({}, settings, runContext())).rejects.toMatchObject({
    at: { path: "params.checkpoint" },
  });
  await rm(folder, { recursive: true });
});
