import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPart } from "@insightgraph/editing/architectures";
import { parseGraph } from "@insightgraph/engine/graph";
import { migrateGraph } from "@insightgraph/engine/node";
import { openFiles } from "@insightgraph/models";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { trainInsightedit } from "./insightedit.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "train-node-"));
});
afterEach(() => rm(folder, { recursive: true }));

const brief = {
  size: "mini",
  start: "",
  visionSteps: 1,
  alignmentSteps: 1,
  editingSteps: 1,
  decodingSteps: 1,
  batch: 1,
  seed: 1,
  dataset: "",
  share: 0.5,
  varied: 0.5,
  pace: 0.5,
  perceptual: 0.2,
} as const;

test("trains every stage, leaves a checkpoint that loads, and shows losses and edits", async () => {
  const context = runContext();
  const picture = { create: { width: 8, height: 8, channels: 3, background: "#fff" } } as const;
  await sharp(picture).png().toFile(join(folder, "a.png"));
  const pair = { source_image: "a.png", edited_image: "a.png", instruction: "remove the cat" };
  const dataset = join(folder, "pairs.jsonl");
  await writeFile(dataset, JSON.stringify(pair));
  const run = { folder: join(folder, "run"), dataset, share: 1 };
  const settings = { ...brief, ...run, variant: "no-bim" } as const;
  const { losses, checkpoint, log } = await trainInsightedit.run({}, settings, context);
  expect(context.steps.at(-1)).toMatchObject({ done: 4, total: 4 });
  expect(losses.width).toBeGreaterThan(400);
  // Too few steps for an entry.
  expect(log).toMatch(/^\| step \| stage \| rate \|\n/);
  expect(checkpoint).toBe(`dir:${join(run.folder, "checkpoint")}`);
  expect((await readdir(join(run.folder, "checkpoint"))).sort()).toEqual([
    ...["SHA256SUMS", "config.json", "model.safetensors"],
  ]);
  expect(JSON.parse(await readFile(join(run.folder, "recipe.json"), "utf8"))).toMatchObject({
    varied: 0.5,
    stages: { editing: { rate: 4.5e-4 }, decoding: { losses: { pixels: 1, perceptual: 0.2 } } },
  });
  const autoencoder = await openPart(checkpoint, "autoencoder");
  expect(autoencoder.latentChannels).toBeGreaterThan(0);
  expect(autoencoder.decodeWithSource).toBeDefined();
});

test("a nano variant starts from the comprehension that it shares", async () => {
  const nano = { ...brief, size: "nano", variant: "full", decodingSteps: 0 } as const;
  const shared = { ...nano, folder: join(folder, "comprehension"), editingSteps: 0 };
  const context = runContext();
  const first = { ...shared, visionSteps: 50 };
  const { checkpoint } = await trainInsightedit.run({}, first, context);
  const live = context.steps.map((step) => Reflect.get(Object(step), "preview"));
  expect(live.filter((preview) => preview !== undefined)).toEqual([
    expect.stringMatching(/^\| step \| stage .*\n.*\n\| 50 \| vision /),
  ]);
  const own = { ...nano, folder: join(folder, "q-former"), variant: "q-former" } as const;
  const settings = { ...own, visionSteps: 0, alignmentSteps: 0 };
  const variant = await trainInsightedit.run({ checkpoint }, settings, runContext());
  const weightsIn = (name: string) =>
    openFiles([join(folder, name, "checkpoint/model.safetensors")]);
  const [before, after] = [weightsIn("comprehension"), weightsIn("q-former")];
  const language = [...after.keys()].filter((path) => path.startsWith("mllm."));
  expect(language.length).toBeGreaterThan(10);
  for (const path of language) expect(after.get(path)?.data).toEqual(before.get(path)?.data);
  expect(after.has("bridges.modulate_head.weight")).toBe(false);
  expect(before.has("bridges.modulate_head.weight")).toBe(true);
  const opened = await openPart(variant.checkpoint, "bridges");
  expect([opened.text, opened.image]).toEqual([undefined, undefined]);
});

test("refuses a folder that trains another recipe", async () => {
  const stop = new AbortController();
  const settings = { ...brief, size: "nano", folder, variant: "full" } as const;
  const stopped = { ...runContext(stop.signal), progress: () => stop.abort() };
  await expect(trainInsightedit.run({}, settings, stopped)).rejects.toThrow(/abort/i);
  const other = { ...settings, batch: 2 };
  await expect(trainInsightedit.run({}, other, runContext())).rejects.toMatchObject({
    code: "train.recipe",
    message: expect.stringContaining("batch"),
  });
});

test("opens graphs of older versions, which knew three stages", async () => {
  const file = new URL("../../../../test/fixtures/graphs/train-version-1.json", import.meta.url);
  const old = parseGraph(await readFile(file, "utf8"));
  const types = new Map([[trainInsightedit.type, trainInsightedit]]);
  expect(migrateGraph(old, types).nodes["train"]).toMatchObject({
    version: 3,
    params: { decodingSteps: 0 },
  });
});
