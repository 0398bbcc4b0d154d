import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  encodeSafetensors,
  openFiles,
  type StoredTensor,
  toSinglePrecision,
} from "@insightgraph/models";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addLora, openPart } from "../architectures.ts";
import { findComponent } from "../checkpoints.ts";
import { killAfter } from "./kill-after.fixture.ts";
import { tinyCheckpoint, tinyUnetRecipe, trainTinyUnet } from "./unet-training.fixture.ts";
import { widenInput } from "./widen-input.ts";

const child = fileURLToPath(new URL("./unet-child.fixture.ts", import.meta.url));
let root = "";
let dataset = "";
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "train-unet-"));
  for (const [name, background] of [
    ["before", "#204060"],
    ["after", "#e0c040"],
  ] as const) {
    const picture = { create: { width: 24, height: 20, channels: 3, background } } as const;
    await sharp(picture)
      .png()
      .toFile(path.join(root, `${name}.png`));
  }
  const pair = {
    ...{ source_image: "before.png", edited_image: "after.png" },
    instruction: "make it yellow",
  };
  dataset = path.join(root, "pairs.jsonl");
  await writeFile(dataset, JSON.stringify(pair));
});
afterAll(() => rm(root, { recursive: true }));

const recipeWith = (changed: object) => ({ ...tinyUnetRecipe, ...changed });

async function train(
  name: string,
  recipe = tinyUnetRecipe,
  stopAfter = Number.POSITIVE_INFINITY,
): Promise<string[]> {
  const stop = new AbortController();
  const curve: string[] = [];
  const onStep = (line: string): void => {
    curve.push(line);
    if (curve.length >= stopAfter) stop.abort();
  };
  await trainTinyUnet(path.join(root, name), recipe, onStep, stop.signal);
  return curve;
}

const relativeTo =
  (folder: string) =>
  (file: string): string =>
    path.relative(folder, file);

const lossOf = (line: string): number =>
  (JSON.parse(line.slice(line.indexOf("{"))) as { diffusion: number }).diffusion;
const mean = (lines: readonly string[]): number =>
  lines.reduce((sum, line) => sum + lossOf(line), 0) / lines.length;

test("learns from the pairs of a data set", async () => {
  const pairs = { place: dataset, share: 1 };
  const curve = await train("pairs", recipeWith({ steps: 60, rate: 3e-3, batch: 4, pairs }));
  expect(curve).toHaveLength(60);
  expect(mean(curve.slice(-15))).toBeLessThan(0.9 * mean(curve.slice(0, 15)));
});

test("a second training in the same folder is refused, and the first goes on", async () => {
  const first = train("twice");
  await expect(train("twice")).rejects.toMatchObject({
    code: "train.busy",
    message: expect.stringContaining(`process ${process.pid} trains`),
  });
  expect(await first).toHaveLength(6);
});

test("leaves a checkpoint that opens, with the parts that it was begun with", async () => {
  const to = await trainTinyUnet(path.join(root, "left"), recipeWith({ steps: 2 }), () => {});
  const [before, after] = [`dir:${tinyCheckpoint}`, `dir:${to}`];
  for (const part of ["autoencoder", "textEncoder", "denoiser"] as const) {
    await openPart(after, part);
  }
  for (const part of ["vae", "text_encoder", "scheduler", "tokenizer"]) {
    const [from, copy] = [await findComponent(before, part), await findComponent(after, part)];
    expect(copy.config).toEqual(from.config);
    expect(copy.files.map(relativeTo(to))).toEqual(from.files.map(relativeTo(tinyCheckpoint)));
    const contents = ({ files }: typeof copy) => Promise.all(files.map((file) => readFile(file)));
    expect(await contents(copy)).toEqual(await contents(from));
  }
  const [old, trained] = [await findComponent(before, "unet"), await findComponent(after, "unet")];
  expect(trained.config).toEqual(old.config);
  expect(trained.dtype).toBe(old.dtype);
  const [was, is] = [openFiles(old.files), openFiles(trained.files)];
  expect([...is.keys()].sort()).toEqual([...was.keys()].sort());
  const moved = [...is.keys()].filter((key) => {
    const now = toSinglePrecision(is, key);
    return toSinglePrecision(was, key).some((value, at) => value !== now[at]);
  });
  expect(moved.length).toBeGreaterThan(is.size / 2);
  const index = JSON.parse(await readFile(path.join(to, "model_index.json"), "utf8"));
  expect(index).toMatchObject({
    _class_name: "StableDiffusionInstructPix2PixPipeline",
    unet: ["diffusers", "UNet2DConditionModel"],
    vae: ["diffusers", "AutoencoderKL"],
    tokenizer: ["transformers", "CLIPTokenizer"],
  });
});

describe("a run that ends early", () => {
  let whole: string[] = [];
  beforeAll(async () => {
    whole = await train("whole");
  });

  test("goes on after a stop with the same curve to the last digit", async () => {
    const pieces = [...(await train("cut", tinyUnetRecipe, 2)), ...(await train("cut"))];
    expect(whole).toHaveLength(6);
    expect(pieces).toEqual(whole);
  });

  test("goes on from its last state after a kill", async () => {
    const folder = path.join(root, "killed");
    expect(await killAfter(3, child, folder)).toBe("SIGKILL");
    const rest = await train("killed");
    expect(rest.length).toBeGreaterThan(0);
    expect(rest.length).toBeLessThan(whole.length);
    expect(rest).toEqual(whole.slice(-rest.length));
  });

  test("refuses other settings, and takes more steps", async () => {
    await expect(train("cut", recipeWith({ batch: 3 }))).rejects.toMatchObject({
      code: "train.recipe",
    });
    expect(await train("cut", recipeWith({ steps: 7 }))).toHaveLength(1);
  });
});

describe("a LoRA", () => {
  const lora = { rank: 2, targets: ["to_q", "to_v", "to_out.0"] };
  const pairs = () => ({ place: dataset, share: 1 });

  test("learns from pairs, and goes on after a stop with the same curve to the last digit", async () => {
    const recipe = recipeWith({ steps: 40, rate: 3e-2, batch: 4, pairs: pairs(), lora });
    const whole = await train("lora", recipe);
    expect(mean(whole.slice(-10))).toBeLessThan(0.95 * mean(whole.slice(0, 10)));
    const pieces = [...(await train("lora-cut", recipe, 3)), ...(await train("lora-cut", recipe))];
    expect(pieces).toEqual(whole);
  });

  test("leaves a file of adapters, which the network takes", async () => {
    const recipe = recipeWith({ steps: 3, rate: 1e-1, lora });
    const to = await trainTinyUnet(path.join(root, "lora-file"), recipe, () => {});
    expect(await readdir(path.join(root, "lora-file"))).not.toContain("checkpoint");
    const component = await findComponent(`dir:${to}`, "lora");
    const keys = [...openFiles(component.files).keys()];
    const layers = keys.filter((key) => key.endsWith(".lora_A.weight"));
    expect(keys).toHaveLength(2 * layers.length);
    expect(layers).toContain(
      "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.lora_A.weight",
    );
    const { lora: target } = await openPart(`dir:${tinyCheckpoint}`, "denoiser");
    if (target === undefined) throw new Error("the tiny network takes no LoRA");
    const warn = (text: string) => expect(text).toBe("");
    addLora(component, { denoiser: target }, { strength: 1, warn });
  });

  test("refuses layers that there are not", async () => {
    const none = { rank: 2, targets: ["to_nowhere"] };
    await expect(train("lora-none", recipeWith({ lora: none }))).rejects.toMatchObject({
      ...{ code: "argument.unfit", argument: "targets" },
    });
  });
});

test("a text-to-image network gets channels for the source, which begin at zero", async () => {
  const folder = path.join(root, "text-to-image");
  await cp(tinyCheckpoint, folder, { recursive: true });
  const unet = path.join(folder, "unet");
  const file = path.join(unet, "diffusion_pytorch_model.safetensors");
  const config = JSON.parse(await readFile(path.join(unet, "config.json"), "utf8")) as object;
  await writeFile(path.join(unet, "config.json"), JSON.stringify({ ...config, in_channels: 4 }));
  const weights = openFiles([file]);
  const values = toSinglePrecision(weights, "conv_in.weight").slice(0, 16 * 4 * 9);
  const narrow: StoredTensor = {
    ...{ dtype: "float32", shape: [16, 4, 3, 3] },
    data: new Uint8Array(values.buffer),
  };
  const narrowed = new Map([...weights, ["conv_in.weight", narrow] as const]);
  const wide = toSinglePrecision(widenInput(narrowed, 8), "conv_in.weight");
  expect(wide.subarray(0, 36)).toEqual(values.subarray(0, 36));
  expect(wide.subarray(36, 72).every((value) => value === 0)).toBe(true);
  expect(wide.subarray(72, 108)).toEqual(values.subarray(36, 72));
  await writeFile(file, encodeSafetensors(narrowed));
  const recipe = recipeWith({ checkpoint: `dir:${folder}`, steps: 1 });
  const to = await trainTinyUnet(path.join(root, "widened"), recipe, () => {});
  expect((await findComponent(`dir:${to}`, "unet")).config["in_channels"]).toBe(8);
  const lora = { rank: 2, targets: ["to_q"] };
  await expect(train("narrow-lora", { ...recipe, lora })).rejects.toMatchObject({
    ...{ code: "argument.unfit", argument: "checkpoint" },
  });
});

test("refuses a network that is no denoiser of the checkpoint's latents", async () => {
  const folder = path.join(root, "inpainting");
  await cp(tinyCheckpoint, folder, { recursive: true });
  const config = path.join(folder, "unet/config.json");
  const known = JSON.parse(await readFile(config, "utf8")) as object;
  await writeFile(config, JSON.stringify({ ...known, in_channels: 9 }));
  await expect(train("refused", recipeWith({ checkpoint: `dir:${folder}` }))).rejects.toMatchObject(
    { code: "argument.unfit", argument: "checkpoint" },
  );
});
