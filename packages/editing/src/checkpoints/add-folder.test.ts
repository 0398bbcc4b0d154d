import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addFolder } from "./add-folder.ts";
import { fakePipeline, fakeWeights } from "./fake-hub.fixture.ts";
import { findComponent, findOptional } from "./find-component.ts";
import { listCheckpoints } from "./list-checkpoints.ts";
import type { ManifestFile } from "./manifest.ts";
import { removeCheckpoint } from "./remove-checkpoint.ts";
import { verifyCheckpoint } from "./verify-checkpoint.ts";

const unetFile = "unet/diffusion_pytorch_model.safetensors";
let place = "";
let store = "";
let target = "";
beforeEach(async () => {
  place = await mkdtemp(path.join(tmpdir(), "insightgraph-folder-"));
  store = path.join(place, "store");
  target = path.join(place, "mine");
  for (const [file, content] of fakePipeline().files) {
    await mkdir(path.dirname(path.join(target, file)), { recursive: true });
    await writeFile(path.join(target, file), content);
  }
});
afterEach(() => rm(place, { recursive: true }));

const refusal = (text: RegExp) =>
  expect.objectContaining({
    code: expect.stringMatching(/^checkpoint\./),
    message: expect.stringMatching(text),
  });

describe("a folder", () => {
  test("is added without a copy, with its card's licence", async () => {
    const manifest = await addFolder({ store, target });
    expect(manifest).toMatchObject({ name: "mine", source: `dir:${target}`, licence: "mit" });
    expect(Object.keys(manifest.components)).toEqual(["unet", "vae", "tokenizer", "scheduler"]);
    const found = await findComponent("mine", "unet", store);
    expect(found.files).toEqual([path.join(target, unetFile)]);
    expect(found.dtype).toBe("float16");
    await removeCheckpoint(store, "mine");
    expect((await listCheckpoints(store)).every(({ isShipped }) => isShipped)).toBe(true);
    // The folder itself is the user's.
    expect((await findComponent(`dir:${target}`, "unet")).files).toEqual(found.files);
  });

  test("that has changed is noticed, and one that was only touched is trusted after verify", async () => {
    const manifest = await addFolder({ store, target });
    await utimes(path.join(target, unetFile), 1, 1);
    await expect(findComponent("mine", "unet", store)).rejects.toEqual(
      refusal(/has changed.*verify mine/),
    );
    expect(await verifyCheckpoint(store, { root: target, manifest })).toEqual([]);
    await findComponent("mine", "unet", store);
    await writeFile(path.join(target, unetFile), fakeWeights("other", 9));
    expect(await verifyCheckpoint(store, { root: target, manifest })).toEqual([
      { path: unetFile, what: "changed" },
    ]);
  });

  test("whose bytes changed with equal size and time is noticed", async () => {
    const file = path.join(target, unetFile);
    const manifest = await addFolder({ store, target });
    const { size, mtime } = await stat(file);
    const bytes = await readFile(file);
    bytes[size - 1] = (bytes[size - 1] ?? 0) ^ 1;
    await writeFile(file, bytes);
    await utimes(file, mtime, mtime);
    await expect(findComponent("mine", "unet", store)).rejects.toEqual(
      refusal(/has changed.*verify mine/),
    );
    expect(await verifyCheckpoint(store, { root: target, manifest })).toEqual([
      { path: unetFile, what: "changed" },
    ]);
  });

  test("of an older manifest is known by its times", async () => {
    await addFolder({ store, target });
    const place = path.join(store, "mine/manifest.json");
    const old = JSON.parse(await readFile(place, "utf8"));
    const { mtimeMs } = await stat(path.join(target, unetFile));
    const [file] = old.components.unet.files.filter((one: ManifestFile) => one.path === unetFile);
    delete file.identity;
    file.modifiedMs = Math.trunc(mtimeMs);
    await writeFile(place, JSON.stringify(old));
    await findComponent("mine", "unet", store);
    await utimes(path.join(target, unetFile), 1, 1);
    await expect(findComponent("mine", "unet", store)).rejects.toEqual(refusal(/has changed/));
  });

  test.each([
    ["scheduler", "scheduler/scheduler_config.json"],
    ["unet", "unet/config.json"],
    ["tokenizer", "tokenizer/tokenizer_config.json"],
    ["feature_extractor", "feature_extractor/preprocessor_config.json"],
  ])("with a damaged %s says so, and never takes it as absent", async (part, file) => {
    const index = { _class_name: "P", [part]: ["library", "Class"] };
    await writeFile(path.join(target, "model_index.json"), JSON.stringify(index));
    await mkdir(path.dirname(path.join(target, file)), { recursive: true });
    await writeFile(path.join(target, file), '{"_class_name": ');
    const damaged = { code: "checkpoint.damaged", at: path.join(target, file) };
    await expect(findOptional(`dir:${target}`, part)).rejects.toMatchObject(damaged);
    await writeFile(path.join(target, file), Buffer.from('{"_class_name": "Bär"}', "latin1"));
    await expect(findOptional(`dir:${target}`, part)).rejects.toMatchObject({
      ...damaged,
      what: "the file is not UTF-8 text.",
    });
    expect(await findOptional(`dir:${target}`, "image_encoder")).toBeUndefined();
  });

  test("may hold configs in UTF-16, as some editors save them", async () => {
    const config = Buffer.from('\ufeff{"_class_name": "UNet2DConditionModel"}', "utf16le");
    await writeFile(path.join(target, "unet/config.json"), config);
    expect(await findComponent(`dir:${target}`, "unet")).toMatchObject({
      className: "UNet2DConditionModel",
    });
  });

  test("is used without being added, by its whole path", async () => {
    const found = await findComponent(`dir:${target}`, "unet");
    expect(found).toMatchObject({
      className: "UNet2DConditionModel",
      licence: "mit",
      configPath: path.join(target, "unet/config.json"),
    });
    const again = await findComponent(`dir:${target}`, "unet");
    expect(again.digest).toBe(found.digest);
    await writeFile(path.join(target, unetFile), fakeWeights("other", 10));
    expect((await findComponent(`dir:${target}`, "unet")).digest).not.toBe(found.digest);
  });

  test("may be a single file, found as lora or ip_adapter", async () => {
    const file = path.join(place, "style.safetensors");
    await writeFile(file, fakeWeights("lora", 5));
    await addFolder({ store, target: file });
    const found = await findComponent("style", "lora", store);
    expect(found).toMatchObject({ files: [file], config: {}, configPath: undefined });
    expect((await findComponent(`dir:${file}`, "ip_adapter")).files).toEqual([file]);
  });

  test("that does not exist or is empty is refused", async () => {
    await expect(addFolder({ store, target: path.join(place, "none") })).rejects.toThrow(
      /checkpoint.unreadable .*no such folder/,
    );
    await mkdir(path.join(place, "empty"));
    await expect(addFolder({ store, target: path.join(place, "empty") })).rejects.toThrow(
      /nothing here can be used/,
    );
    await writeFile(path.join(target, "model_index.json"), "[1]");
    await expect(addFolder({ store, target })).rejects.toThrow(/checkpoint.damaged/);
  });
});

describe("findComponent", () => {
  test("names the nearest checkpoint and part", async () => {
    await addFolder({ store, target });
    await expect(findComponent("mien", "unet", store)).rejects.toEqual(
      refusal(/no checkpoint "mien".*Did you mean mine\?/),
    );
    await expect(findComponent("mine", "une", store)).rejects.toEqual(
      refusal(/no part "une".*Did you mean unet\? It has unet, vae/),
    );
    await expect(findComponent("mine", "lora", store)).rejects.toEqual(refusal(/no part "lora"/));
  });

  test("never reads outside the store", async () => {
    await addFolder({ store, target });
    await expect(findComponent("../store/mine", "unet", store)).rejects.toEqual(
      refusal(/no checkpoint/),
    );
    await expect(findComponent("dir:mine", "unet", store)).rejects.toEqual(
      refusal(/not an absolute path/),
    );
    const manifest = { format: "insightgraph-checkpoint", version: 1, name: "mine", source: "x" };
    const file = { path: "../../secret", bytes: 1, sha256: "0" };
    const components = { unet: { digest: "0", files: [file] } };
    await writeFile(
      path.join(store, "mine/manifest.json"),
      JSON.stringify({ ...manifest, components }),
    );
    await expect(findComponent("mine", "unet", store)).rejects.toEqual(
      refusal(/this version cannot read its manifest/),
    );
  });
});
