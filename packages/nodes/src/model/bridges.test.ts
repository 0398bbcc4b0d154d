import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "@insightgraph/models";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { modelBridges } from "./bridges.ts";
import { runContext } from "./node-run.fixture.ts";

const fixture = new URL(
  "../../../../test/fixtures/parity/bridges/text-odd.safetensors.gz",
  import.meta.url,
);
let folder = "";
let stored: ReadonlyMap<string, StoredTensor> = new Map();

/** SmartEdit's tensors, of the sizes of a small reference. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bridges-"));
  stored = decodeSafetensors(gunzipSync(await readFile(fixture)));
  const own = [...stored].flatMap(([key, tensor]): [string, StoredTensor][] =>
    key.startsWith("weights.") ? [[key.slice("weights.".length), tensor]] : [],
  );
  await mkdir(join(folder, "bridges"));
  const joined = encodeSafetensors(new Map(own));
  await writeFile(join(folder, "bridges/model.safetensors"), joined);
  const heads = { qformer_head_width: 5, interaction_heads: 2 };
  await writeFile(join(folder, "bridges/config.json"), JSON.stringify(heads));
});
afterAll(() => rm(folder, { recursive: true }));

function value(name: string) {
  const { shape = [], data = new Uint8Array() } = stored.get(name) ?? {};
  return { dtype: "float32" as const, shape, data: new Float32Array(data.slice().buffer) };
}

describe("model.bridges", () => {
  test("gives networks that take their grid and the latent's size from what they read", async () => {
    const context = runContext();
    const { model } = await modelBridges.run({}, { checkpoint: `dir:${folder}` }, context);
    if (model.text === undefined) throw new TypeError("the interaction is missing");
    expect(model.image).toBeUndefined();
    const inputs = { mmTokens: value("inputs.mmTokens"), vision: value("inputs.vision") };
    await expect(model.text(context, inputs)).rejects.toMatchObject({
      argument: "source",
    });
    const wanted = value("outputs.visual");
    const source = {
      tensor: { ...wanted, shape: [1, 4, ...wanted.shape.slice(2)] },
      colours: { patch: 1, weight: new Float32Array(12), bias: new Float32Array(3) },
      scaling: { factor: 1, shift: 0 },
    };
    const { visual } = await model.text(context, { ...inputs, source });
    expect(visual.shape).toEqual(wanted.shape);
    const worst = Math.max(
      ...[...visual.data].map((one, at) => Math.abs(Number(one) - (wanted.data[at] ?? 0))),
    );
    expect(worst).toBeLessThan(1e-4 * Math.max(...wanted.data.map(Math.abs)));
  });
});
