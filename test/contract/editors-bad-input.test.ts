import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runGraph } from "../../packages/engine/src/execute.ts";
import { type GraphDocument, parseGraph, setParam } from "../../packages/engine/src/graph.ts";
import { createRegistry } from "../../packages/engine/src/node.ts";
import { nodes } from "../../packages/nodes/src/index.ts";
import { writeTinyQwen } from "../../packages/nodes/src/model/tiny-qwen.fixture.ts";
import { writeDreamlite } from "./write-dreamlite.fixture.ts";
import { writeFlux2 } from "./write-flux2.fixture.ts";

const registry = createRegistry(nodes);
const sample = fileURLToPath(
  new URL("../../graphs/samples/rabbit-teddy-apple.png", import.meta.url),
);
let folder = "";
const place = (...names: string[]): string => path.join(folder, ...names);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "editors-bad-input-"));
  await writeDreamlite(place("dreamlite"));
  await writeFlux2(place("flux2-klein"));
  const wide = { width: 8000, height: 6000, channels: 3, background: "#808080" } as const;
  await sharp({ create: wide }).jpeg().toFile(place("wide.jpg"));
});
afterAll(() => rm(folder, { recursive: true }));

async function load(name: string): Promise<GraphDocument> {
  const file = new URL(`../../graphs/${name}.json`, import.meta.url);
  const graph = parseGraph(await readFile(file, "utf8"));
  const seen = setParam(graph, "source", "path", sample);
  return setParam(seen, "checkpoint", "text", `dir:${place(name)}`);
}

/** The one-line error of a run that must end before it opens a network. */
async function refusal(graph: GraphDocument, output: string): Promise<string> {
  const opened: string[] = [];
  const run = runGraph(graph, registry, {
    outputs: [output],
    open(model) {
      opened.push(model.key);
      throw new Error("a network was opened");
    },
  });
  const error = await run.then(
    () => "nothing was refused",
    (thrown: unknown) => String(thrown instanceof Error ? thrown.message : thrown),
  );
  expect(opened).toEqual([]);
  expect(error).not.toContain("\n");
  expect(error).toMatch(/ Hint: [A-Z].*\.$/);
  return error;
}

/** Turns a part's one file of weights into two shards, of which only the first is there. */
async function loseShard(part: string): Promise<void> {
  const [first, second] = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"];
  const header = await readFile(path.join(part, "model.safetensors"));
  const length = Number(header.readBigUInt64LE());
  const tensors = Object.keys(JSON.parse(header.subarray(8, 8 + length).toString()));
  const weight_map = Object.fromEntries(tensors.map((name) => [name, first]));
  await rename(path.join(part, "model.safetensors"), path.join(part, first));
  const index = { weight_map: { ...weight_map, "lost.weight": second } };
  await writeFile(path.join(part, "model.safetensors.index.json"), JSON.stringify(index));
}

/** A copy of a checkpoint in which a part's config says that it is wider than its weights are. */
async function withWiderConfig(name: string, part: string, field: string): Promise<string> {
  const copy = await mkdtemp(place("wider-"));
  await cp(place(name), copy, { recursive: true });
  const file = path.join(copy, part, "config.json");
  const config = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify({ ...config, [field]: 2 * config[field] }));
  return `dir:${copy}`;
}

describe.each([
  ["dreamlite", "unet", "encoder_hid_dim", "encoder_hid_proj.0.weight"],
  ["flux2-klein", "transformer", "joint_attention_dim", "context_embedder.weight"],
])("%s", (name, denoiser, width, weight) => {
  test("blames a config that is wider than the weights on the checkpoint, not on the text", async () => {
    const checkpoint = await withWiderConfig(name, denoiser, width);
    const graph = setParam(await load(name), "checkpoint", "text", checkpoint);
    const error = await refusal(graph, "unet");
    expect(error).toContain(`node.bad-input at unet.params.checkpoint: ${weight}: expected [`);
    expect(await refusal(graph, "decode")).toBe(error);
  });

  test("refuses 8000 pixels that stay too many, at the setting that scales them down", async () => {
    const graph = setParam(await load(name), "source", "path", place("wide.jpg"));
    expect(await refusal(setParam(graph, "encode", "longerSide", 4096), "decode")).toMatch(
      /^node\.bad-input at encode\.params\.longerSide: 4096 x 3072 pixels /,
    );
  });

  test.each([
    ["unet", denoiser],
    ["language", "text_encoder"],
  ])("names the shard that is missing: %s", async (node, part) => {
    await loseShard(place(name, part));
    const graph = await load(name);
    const error = await refusal(graph, node);
    expect(await refusal(graph, "decode")).toContain("model-00002-of-00002.safetensors");
    expect(error).toMatch(new RegExp(`^node\\.bad-input at ${node}\\.params\\.checkpoint: `));
    expect(error).toContain("model-00002-of-00002.safetensors");
  });
});

describe("a Qwen without vision", () => {
  let qwen = "";
  beforeAll(async () => {
    qwen = await writeTinyQwen();
    const file = path.join(qwen, "config.json");
    const { text_config, ...config } = JSON.parse(await readFile(file, "utf8"));
    const { vision_config: _, ...rest } = { ...config, ...text_config, model_type: "qwen3" };
    await writeFile(file, JSON.stringify({ ...rest, rope_scaling: null }));
  });
  afterAll(() => rm(qwen, { recursive: true }));

  const image = { node: "picture", output: "image" };
  const model = { node: "qwen", output: "model" };
  const assistant = { node: "qwen", output: "assistant" };
  const text = { node: "words", output: "text" };
  const readsTexts = "the language model reads texts alone.";
  test.each([
    ["comprehension.qwen-vl", { text, image, model }, readsTexts],
    ["text.generate", { prompt: text, image, model }, readsTexts],
    ["data.caption", { image, model: assistant }, "cannot describe pictures."],
    ["data.judge", { source: image, target: image, model: assistant }, "cannot judge edits."],
  ])("is refused by %s that shows it a picture", async (type, inputs, what) => {
    const node = (name: string, params = {}) => ({ type: name, version: 1, params });
    const all = {
      picture: node("image.load", { path: sample }),
      words: node("text.value", { text: "a hat" }),
      qwen: node("model.qwen-vl", { checkpoint: `dir:${qwen}` }),
      reads: { ...node(type), inputs },
    };
    const graph = parseGraph(JSON.stringify({ format: "insightgraph", version: 1, nodes: all }));
    const error = await refusal(graph, "reads");
    expect(error).toMatch(/^node\.bad-input at reads\.inputs\.model: /);
    expect(error).toContain(what);
  });

  test("is refused before the rest of DreamLite opens", async () => {
    await writeDreamlite(place("whole"));
    const graph = setParam(await load("dreamlite"), "checkpoint", "text", `dir:${place("whole")}`);
    const language = { type: "model.qwen-vl", version: 1, params: { checkpoint: `dir:${qwen}` } };
    const blind = { ...graph, nodes: { ...graph.nodes, language } };
    expect(await refusal(blind, "decode")).toContain(readsTexts);
  });
});
