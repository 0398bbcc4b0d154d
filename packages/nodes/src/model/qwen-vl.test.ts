import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dataCaption } from "../data/caption.ts";
import { dataExtractObjects } from "../data/extract-objects.ts";
import { heldOutScene, runContext } from "./node-run.fixture.ts";
import { modelQwenVl } from "./qwen-vl.ts";
import { writeTinyQwen } from "./tiny-qwen.fixture.ts";

let folder = "";
beforeAll(async () => {
  folder = await writeTinyQwen();
});
afterAll(() => rm(folder, { recursive: true }));

const params = () => ({ checkpoint: `dir:${folder}`, weights: "stored", maxTokens: 3 }) as const;
test("is another when its files are", async () => {
  const print = await modelQwenVl.fingerprint?.(params());
  expect(print).toMatch(/^[0-9a-f]{64}/);
  await writeFile(path.join(folder, "merges.txt"), "a b\n");
  expect(await modelQwenVl.fingerprint?.(params())).not.toBe(print);
});

test("gives an assistant that captions, and that says where its answer cannot be read", async () => {
  const { assistant } = await modelQwenVl.run({}, params(), runContext());
  const { source: image } = await heldOutScene();
  const { caption } = await dataCaption.run({ image, model: assistant }, {}, runContext());
  expect(caption).not.toBe("");
  const objects = dataExtractObjects.run({ model: assistant }, { caption }, runContext());
  await expect(objects).rejects.toMatchObject({
    argument: "model",
    what: expect.stringContaining("asked twice"),
  });
});

test("says before anything is opened that weights have another size than the config", async () => {
  const file = path.join(folder, "config.json");
  const config = JSON.parse(await readFile(file, "utf8"));
  const wider = { ...config, text_config: { ...config.text_config, intermediate_size: 40 } };
  await writeFile(file, JSON.stringify(wider));
  await expect(modelQwenVl.run({}, params(), runContext())).rejects.toMatchObject({
    at: { path: "params.checkpoint" },
    what: expect.stringContaining("mlp.gate_proj.weight"),
  });
});
