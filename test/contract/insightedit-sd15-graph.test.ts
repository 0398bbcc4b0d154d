import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  bypassNode,
  type GraphDocument,
  parseGraph,
  setParam,
} from "../../packages/engine/src/graph.ts";
import {
  type BridgeConfig,
  buildNetwork,
  encodeSafetensors,
  imageBridge,
  ipAdapterKeys,
  normalArray,
  openSafetensors,
  parseUnetConfig,
  type StoredTensor,
  textBridge,
} from "../../packages/models/src/index.ts";
import { tinyCheckpoint } from "../../packages/nodes/src/model/tiny-checkpoint.fixture.ts";
import { tinyLlava } from "../../packages/nodes/src/model/tiny-llava.fixture.ts";
import { closeSessions, runEditGraph } from "./run-edit-graph.fixture.ts";

const tiny = tinyCheckpoint.slice("dir:".length);
let folder = "";

/** Of the widths of the tiny LLaVA, and of the tiny UNet's text and first convolution. */
const bridges: BridgeConfig = {
  mmTokens: tinyLlava.mmTokens,
  mmWidth: 12,
  visionWidth: 12,
  qFormer: { queries: 77, width: 24, layers: 2, heads: 3, hidden: 30, crossEvery: 2 },
  interaction: { heads: 3, grid: 3, visualChannels: 8, visualScale: 2 },
  adapter: { mapperWidth: 5, tokens: 4, width: 24 },
};

let seed = 1;
function random(shape: readonly number[]): StoredTensor {
  const count = shape.reduce((product, size) => product * size, 1);
  const data = normalArray(count, seed++).map((value) => value / 4);
  return { dtype: "float32", shape, data: new Uint8Array(data.buffer) };
}

async function writeBridges(to: string, config = bridges): Promise<void> {
  const graphs = [buildNetwork(textBridge, config), buildNetwork(imageBridge, config)];
  const tensors = graphs.flatMap(({ graph }) =>
    [...graph.weights].map(([key, { tensor }]): [string, StoredTensor] => [
      key,
      random(tensor.shape.map(Number)),
    ]),
  );
  await mkdir(to);
  await writeFile(join(to, "model.safetensors"), encodeSafetensors(new Map(tensors)));
  const heads = { qformer_head_width: 8, interaction_heads: 3 };
  await writeFile(join(to, "config.json"), JSON.stringify(heads));
}

/** The tiny UNet with an image half in every cross-attention, under IP-Adapter's numbers. */
async function writeUnet(to: string): Promise<void> {
  await cp(join(tiny, "unet"), to, { recursive: true });
  const file = join(to, "diffusion_pytorch_model.safetensors");
  const json: unknown = JSON.parse(await readFile(join(to, "config.json"), "utf8"));
  const base = openSafetensors(join(tiny, "unet/diffusion_pytorch_model.safetensors"));
  const image = [...ipAdapterKeys(parseUnetConfig(json))].map(
    ([key, path]): [string, StoredTensor] => {
      const like = path.replace(/processor\.(to_[kv])_ip\.0/, "$1");
      return [key, random(base.get(like)?.shape ?? [])];
    },
  );
  await writeFile(file, encodeSafetensors(new Map([...base, ...image])));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "insightedit-"));
  await writeUnet(join(folder, "unet"));
  await writeBridges(join(folder, "bridges"));
  const pixels = Uint8Array.from({ length: 24 * 16 * 3 }, (_, at) => (at * 37) % 256);
  const raw = { width: 24, height: 16, channels: 3 } as const;
  await sharp(pixels, { raw }).png().toFile(join(folder, "picture.png"));
});
afterAll(async () => {
  await closeSessions();
  await rm(folder, { recursive: true });
});

async function placedGraph(): Promise<GraphDocument> {
  const file = new URL("../../graphs/insightedit-sd15.json", import.meta.url);
  let graph = parseGraph(await readFile(file, "utf8"));
  graph = setParam(graph, "checkpoint", "text", `dir:${folder}`);
  graph = setParam(graph, "base", "text", tinyCheckpoint);
  for (const [name, value] of Object.entries(tinyLlava))
    graph = setParam(graph, "llava", name, value);
  graph = setParam(graph, "source", "path", join(folder, "picture.png"));
  return setParam(graph, "sample", "steps", 2);
}

describe("graphs/insightedit-sd15.json", () => {
  test("edits with components of four checkpoints, each part having its effect", async () => {
    const graph = await placedGraph();
    const { image } = await runEditGraph(graph);
    expect([image.width, image.height]).toEqual([24, 16]);
    expect((await runEditGraph(graph)).ran).toEqual([]);
    const told = await runEditGraph(setParam(graph, "instruction", "text", "Add a banana."));
    expect(told.image).not.toEqual(image);
    expect(told.ran).toEqual([
      "comprehension",
      "decode",
      "image-adapter",
      "instruction",
      "sample",
      "text-bridge",
    ]);
    const silent = await runEditGraph(setParam(graph, "image-adapter", "scale", 0));
    expect(silent.image).not.toEqual(image);
    // Without f_img the network is built without its image half, and draws the same as with a silent one.
    expect((await runEditGraph(bypassNode(graph, "image-adapter"))).image).toEqual(silent.image);
  });

  test.each([
    ["visual", { interaction: { ...bridges.interaction, visualChannels: 6 } }, "6 x .* adds 8 x "],
    ["imageCondition", { adapter: { ...bridges.adapter, width: 30 } }, "30 wide, .* reads 24"],
  ])("refuses bridges whose %s another UNet reads", async (input, other, what) => {
    const of = await mkdtemp(join(folder, "other-"));
    await cp(join(folder, "unet"), join(of, "unet"), { recursive: true });
    await writeBridges(join(of, "bridges"), { ...bridges, ...other });
    const graph = setParam(await placedGraph(), "checkpoint", "text", `dir:${of}`);
    await expect(runEditGraph(graph)).rejects.toThrow(
      new RegExp(`^node\\.bad-input at sample\\.inputs\\.${input}: .*${what}`),
    );
  });
});
