import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleLatent } from "@insightgraph/editing/sampling";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { modelLora } from "./lora.ts";
import { runContext } from "./node-run.fixture.ts";
import { tinyCheckpoint } from "./tiny-checkpoint.fixture.ts";
import { modelUnet } from "./unet.ts";

const loras = new URL("../../../../test/fixtures/parity/lora-scales/files/", import.meta.url);
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lora-"));
  await cp(
    new URL("kohya/pytorch_lora_weights.safetensors", loras),
    join(folder, "winter.safetensors"),
  );
});
afterAll(() => rm(folder, { recursive: true }));

async function withLora(strength: number) {
  const { model } = await modelUnet.run(
    {},
    { checkpoint: tinyCheckpoint, weights: "stored" },
    runContext(),
  );
  return modelLora.run({ model }, { lora: `dir:${folder}`, strength }, runContext());
}

async function draw(model: Awaited<ReturnType<typeof withLora>>["model"], opened: Set<string>) {
  const context = runContext();
  const tensor = (...shape: number[]) => ({
    dtype: "float32" as const,
    shape,
    data: Float32Array.from({ length: shape.reduce((n, size) => n * size) }, (_, at) =>
      Math.sin(at),
    ),
  });
  const source = {
    tensor: tensor(1, 4, 4, 4),
    colours: { patch: 1, weight: new Float32Array(12), bias: new Float32Array(3) },
    scaling: { factor: 1, shift: 0 },
  };
  const open: typeof context.open = (one) => {
    opened.add(one.key);
    return context.open(one);
  };
  const settings = { steps: 1, textGuidance: 1, imageGuidance: 1, seed: 1 };
  const hooks = { signal: context.signal, onStep: () => {} };
  const inputs = { source, condition: tensor(1, 3, 24) };
  return (await sampleLatent({ open }, model, inputs, settings, hooks)).tensor.data;
}

describe("model.lora", () => {
  test("changes what is drawn by its strength, over one opened network", async () => {
    const { model: plain } = await modelUnet.run(
      {},
      { checkpoint: tinyCheckpoint, weights: "stored" },
      runContext(),
    );
    const opened = new Set<string>();
    const none = await draw((await withLora(0)).model, opened);
    const half = await draw((await withLora(0.5)).model, opened);
    const whole = await draw((await withLora(1)).model, opened);
    expect(opened.size).toBe(1);
    expect(none).toEqual(await draw(plain, opened));
    expect(half).not.toEqual(none);
    expect(whole).not.toEqual(half);
  });

  test("takes PEFT's folders at the scale that they state", async () => {
    const { model } = await modelUnet.run(
      {},
      { checkpoint: tinyCheckpoint, weights: "stored" },
      runContext(),
    );
    const peft = join(folder, "peft");
    await cp(new URL("peft", loras), peft, { recursive: true });
    const load = (strength: number) =>
      modelLora.run({ model }, { lora: `dir:${peft}`, strength }, runContext());
    const asStated = await draw((await load(1)).model, new Set());
    const config = join(peft, "adapter_config.json");
    const fields = JSON.parse(await readFile(config, "utf8"));
    await writeFile(config, JSON.stringify({ ...fields, lora_alpha: 2 * fields.lora_alpha }));
    expect(await draw((await load(0.5)).model, new Set())).toEqual(asStated);
    await writeFile(config, JSON.stringify({ ...fields, use_dora: true }));
    await expect(load(1)).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "params.lora" },
      what: "adapter_config.json: DoRA is not supported.",
    });
  });

  test("names a LoRA that is not there", async () => {
    const { model } = await modelUnet.run(
      {},
      { checkpoint: tinyCheckpoint, weights: "stored" },
      runContext(),
    );
    const load = modelLora.run({ model }, { lora: "none", strength: 1 }, runContext());
    await expect(load).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "params.lora" },
    });
  });
});
