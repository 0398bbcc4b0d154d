import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openFiles } from "@insightgraph/models";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addFolder } from "../checkpoints/add-folder.ts";
import { findComponent } from "../checkpoints/find-component.ts";
import { addLora, type LoraTarget } from "./lora.ts";
import type { LoadedLora } from "./open-network.ts";

const files = fileURLToPath(
  new URL("../../../../test/fixtures/parity/lora-scales/files", import.meta.url),
);
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lora-"));
  await cp(files, folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

const unet = fileURLToPath(
  new URL("../../../../test/fixtures/checkpoints/tiny-instruct-pix2pix/unet", import.meta.url),
);
const layers = [...openFiles([path.join(unet, "diffusion_pytorch_model.safetensors")]).keys()].map(
  (key) => key.replace(/\.weight$/, ""),
);
/** Gives the LoRA itself, to look at its scales. */
const target: LoraTarget<LoadedLora> = { part: "unet", layers: () => layers, add: (lora) => lora };

async function scalesOf(checkpoint: string, store?: string): Promise<number[]> {
  const component = await findComponent(checkpoint, "lora", store);
  const { denoiser } = addLora(component, { denoiser: target }, { strength: 1 });
  return [...new Set([...denoiser.layers.values()].map(({ scale }) => scale))].sort();
}

// Ranks and alphas as test/parity/lora_scales.py chose them.
test.each([
  ["peft", [7 / 4]],
  ["named-header", [7 / 4]],
  ["bare-header", [7 / Math.sqrt(4)]],
  ["kohya", [3 / 4]],
  ["processor", [1]],
  ["linear-layer", [1]],
])("the scale of %s is %j", async (name, scales) => {
  expect(await scalesOf(`dir:${path.join(folder, name)}`)).toEqual(scales);
});

test("PEFT's configuration is read beside the file alone, and of an added folder", async () => {
  const file = path.join(folder, "peft/adapter_model.safetensors");
  const wanted = await scalesOf(`dir:${path.join(folder, "peft")}`);
  expect(await scalesOf(`dir:${file}`)).toEqual(wanted);
  const store = path.join(folder, "store");
  await addFolder({ store, target: path.join(folder, "peft") });
  expect(await scalesOf("peft", store)).toEqual(wanted);
});

test("another configuration is another LoRA", async () => {
  const place = `dir:${path.join(folder, "peft")}`;
  const config = path.join(folder, "peft/adapter_config.json");
  const before = await findComponent(place, "lora");
  const fields = JSON.parse(await readFile(config, "utf8"));
  await writeFile(config, JSON.stringify({ ...fields, lora_alpha: 2 * fields.lora_alpha }));
  expect((await findComponent(place, "lora")).digest).not.toBe(before.digest);
  await writeFile(config, JSON.stringify({ ...fields, use_dora: true }));
  await expect(scalesOf(place)).rejects.toMatchObject({
    code: "weights.lora",
    what: "DoRA is not supported.",
    hint: "Use a plain LoRA.",
  });
  await writeFile(config, JSON.stringify(fields));
});
