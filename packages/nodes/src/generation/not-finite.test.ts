import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createMemoryStore, type ResultStore } from "@insightgraph/engine/cache";
import { runGraph } from "@insightgraph/engine/execute";
import type { GraphDocument } from "@insightgraph/engine/graph";
import { createRegistry } from "@insightgraph/engine/node";
import { createSessionPool } from "@insightgraph/engine/runtime";
import { decodeSafetensors, encodeSafetensors, toSinglePrecision } from "@insightgraph/models";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodes } from "../index.ts";

const tiny = fileURLToPath(
  new URL("../../../../test/fixtures/checkpoints/tiny-instruct-pix2pix", import.meta.url),
);
const registry = createRegistry(nodes);
const pool = createSessionPool({ threads: 1 });
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "not-finite-"));
  const create = { width: 32, height: 32, channels: 3, background: "#336699" } as const;
  await sharp({ create }).toFile(path.join(folder, "photo.png"));
});
afterAll(async () => {
  await pool.close();
  await rm(folder, { recursive: true });
});

/** A copy of the tiny checkpoint with another number at the start of a tensor, which is stored in single precision. */
async function spoiled(file: string, tensor: string, value: number): Promise<string> {
  const copy = await mkdtemp(path.join(folder, "checkpoint-"));
  await cp(tiny, copy, { recursive: true });
  const place = path.join(copy, file);
  const weights = decodeSafetensors(await readFile(place));
  const numbers = toSinglePrecision(weights, tensor);
  numbers[0] = value;
  const shape = weights.get(tensor)?.shape ?? [];
  const stored = { dtype: "float32", shape, data: new Uint8Array(numbers.buffer) } as const;
  await writeFile(place, encodeSafetensors(new Map([...weights, [tensor, stored]])));
  return `dir:${copy}`;
}

const node = (
  type: string,
  params: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
) => ({
  type,
  version: registry.nodes.get(type)?.version ?? 0,
  params,
  inputs: Object.fromEntries(
    Object.entries(inputs).map(([name, from]) => {
      const [source = "", output = ""] = from.split(".");
      return [name, { node: source, output }];
    }),
  ),
});

async function run(graph: Pick<GraphDocument, "nodes">, output: string, store: ResultStore) {
  const document = { format: "insightgraph", version: 1, ...graph } as GraphDocument;
  return runGraph(document, registry, { outputs: [output], open: pool.open, store });
}

const encoding = (checkpoint: string) => ({
  nodes: {
    photo: node("image.load", { path: path.join(folder, "photo.png") }),
    vae: node("model.vae", { checkpoint }),
    encode: node("generation.encode", {}, { image: "photo.image", model: "vae.model" }),
  },
});

const reading = (checkpoint: string) => ({
  nodes: {
    words: node("text.value", { text: "a hat" }),
    clip: node("model.clip-text", { checkpoint }),
    read: node("comprehension.clip-text", {}, { text: "words.text", model: "clip.model" }),
  },
});

const vae = "vae/diffusion_pytorch_model.safetensors";
const clip = "text_encoder/model.safetensors";

test.each([
  ["encode", vae, "encoder.conv_in.weight", encoding],
  ["read", clip, "embeddings.position_embedding.weight", reading],
])(
  "a weight that is no number is refused with its name before %s runs",
  async (id, file, tensor, graphOf) => {
    const store = createMemoryStore();
    const graph = graphOf(await spoiled(file, tensor, Number.NaN));
    await expect(run(graph, id, store)).rejects.toMatchObject({
      code: "node.bad-input",
      at: { nodeId: id, path: "inputs.model" },
      what: expect.stringContaining(`${tensor}: the tensor holds NaN or an infinite number`),
    });
  },
);

test.each([
  ["encode", vae, "encoder.conv_in.weight", encoding, "latent"],
  ["read", clip, "embeddings.position_embedding.weight", reading, "states"],
])(
  "an output of %s that is no number is named, and not kept",
  async (id, file, tensor, graphOf, output) => {
    const store = createMemoryStore();
    const graph = graphOf(await spoiled(file, tensor, 3e38));
    const source = Object.keys(graph.nodes)[0] ?? "";
    await run(graph, source, store);
    const { entries } = await store.stats();
    const failed = {
      code: "node.failed",
      at: { nodeId: id },
      hint: expect.stringContaining("float32"),
    };
    await expect(run(graph, id, store)).rejects.toMatchObject({
      ...failed,
      what: expect.stringMatching(
        `the network's output "${output}" has \\d+ of \\d+ numbers that are not finite`,
      ),
    });
    // The loaded model alone is kept beside the source.
    expect((await store.stats()).entries).toBe(entries + 1);
    await expect(run(graph, id, store)).rejects.toMatchObject(failed);
  },
);
