import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseGraph, stringifyGraph } from "@insightgraph/engine/graph";
import { readPngText } from "@insightgraph/engine/png";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCommandLine } from "../command-line.fixture.ts";
import { graphsDir } from "../places.ts";
import { parseManifest } from "./manifest.ts";

const { folder, run: insightgraph, remove } = await createCommandLine();
const place = (...names: string[]): string => path.join(folder, ...names);
const image = (node: string) => ({ node, output: "image" });

const graph = {
  format: "insightgraph",
  version: 1,
  nodes: {
    photo: { type: "image.load", version: 1, params: { path: "photo.png" }, ui: { x: 1 } },
    small: {
      type: "image.resize",
      version: 1,
      params: { width: 8, height: 0 },
      inputs: { image: image("photo") },
    },
    seed: { type: "seed.value", version: 1, params: { seed: 7 } },
    words: { type: "text.value", version: 1, params: { text: "a small photo" } },
    save: {
      type: "image.save",
      version: 1,
      params: { path: "small.png" },
      inputs: { image: image("small") },
    },
  },
  outputs: {
    small: image("small"),
    words: { node: "words", output: "text" },
    seed: { node: "seed", output: "seed" },
    opaque: { node: "photo", output: "mask" },
    "../out side": { node: "words", output: "text" },
  },
};

beforeAll(async () => {
  await mkdir(place("work"));
  await writeFile(place("work", "graph.json"), JSON.stringify(graph));
  await copyFile(
    path.join(graphsDir, "samples/rabbit-teddy-apple.png"),
    place("work", "photo.png"),
  );
});
afterAll(remove);

const names = async (...parts: string[]) => (await readdir(place(...parts))).sort();

describe("a run", () => {
  test("leaves a manifest beside what it wrote, and PNGs that carry graph and manifest", async () => {
    const { code, errors } = await insightgraph("run", "work/graph.json", "--set", "seed.seed=9");
    expect({ code, errors }).toMatchObject({ code: 0 });
    expect(await names("work")).toEqual([
      ...["graph.json", "photo.png", "small.manifest.json", "small.png"],
    ]);
    const manifest = parseManifest(await readFile(place("work", "small.manifest.json"), "utf8"));
    expect(manifest).toMatchObject({
      seeds: { "seed.seed": 9 },
      files: { "photo.path": expect.stringMatching(/^[0-9a-f]{64}$/) },
      runtime: { node: process.version, onnxruntime: "1.29.0" },
      outputs: { small: { node: "small", output: "image" } },
      saved: [{ node: "save", paths: ["small.png"], inputs: { image: { node: "small" } } }],
      nodes: { small: { type: "image.resize", version: 1, cached: false } },
    });
    const picture = await readFile(place("work", "small.png"));
    const carried = (await readPngText(picture, "insightgraph-graph")) ?? "";
    expect(stringifyGraph(parseGraph(carried))).toBe(carried);
    expect(parseGraph(carried)).toEqual(manifest.graph);
    const record = await readPngText(picture, "insightgraph-manifest");
    expect(parseManifest(record ?? "")).toEqual(manifest);
  });

  test("puts all that it writes into one folder, under plain names", async () => {
    const { code, errors } = await insightgraph("run", "work/graph.json", "--out", "all/here");
    expect({ code, errors }).toMatchObject({ code: 0 });
    expect(await names("all", "here")).toEqual([
      ...["-out side.txt", "manifest.json", "opaque.png", "seed.txt", "small-2.png"],
      ...["small.png", "words.txt"],
    ]);
    expect(await readFile(place("all", "here", "words.txt"), "utf8")).toBe("a small photo");
    expect(await readFile(place("all", "here", "seed.txt"), "utf8")).toBe("7");
    const manifest = parseManifest(await readFile(place("all", "here", "manifest.json"), "utf8"));
    expect(Object.keys(manifest.graph.nodes)).toEqual(Object.keys(graph.nodes));
    expect(manifest.graph.nodes["photo"]?.params).toEqual({ path: "../../work/photo.png" });
  });

  test("of the graph in a picture gives that picture again, wherever it lies", async () => {
    await mkdir(place("other"));
    await copyFile(place("all", "here", "small.png"), place("all", "moved.png"));
    const validated = await insightgraph("validate", "all/here/small.png");
    expect(validated.out).toBe("all/here/small.png: valid, 5 nodes\n");
    const { code } = await insightgraph(
      ...["run", "all/here/small.png", "--out", "other", "--no-cache"],
    );
    expect(code).toBe(0);
    const digest = async (...parts: string[]) =>
      parseManifest(await readFile(place(...parts), "utf8")).graphDigest;
    expect(await digest("other", "manifest.json")).toBe(
      await digest("all", "here", "manifest.json"),
    );
  });

  test("numbers the files of a list, and records those of subgraphs", async () => {
    const keep = {
      inputs: { picture: { type: "image" } },
      nodes: {
        small: { ...graph.nodes.small, inputs: { image: { node: "$inputs", output: "picture" } } },
        save: { ...graph.nodes.save, params: { path: "inner.png" } },
      },
      outputs: { small: image("small") },
    };
    const nodes = {
      photo: graph.nodes.photo,
      inner: {
        type: "graph:keep",
        version: 1,
        inputs: { picture: image("photo") },
      },
      all: {
        type: "list.of",
        version: 1,
        inputs: { a: image("photo"), b: { node: "inner", output: "small" } },
      },
    };
    const outputs = {
      all: { node: "all", output: "list" },
      one: { node: "inner", output: "small" },
    };
    const text = JSON.stringify({ ...graph, nodes, outputs, graphs: { keep } });
    await writeFile(place("work", "lists.json"), text);
    const ran = await insightgraph("run", "work/lists.json", "--out", "lists");
    expect(ran).toMatchObject({ code: 0 });
    expect(await names("lists")).toEqual([
      ...["all-0.png", "all-1.png", "inner.png", "manifest.json", "one.png"],
    ]);
    const { code, out } = await insightgraph("replay", "lists/inner.png");
    expect({ code, lines: out.trim().split("\n").sort() }).toEqual({
      code: 0,
      lines: [
        "all-0.png, all-1.png: same",
        "all: same",
        "inner.png: same",
        "one.png: same",
        "one: same",
      ],
    });
  });

  test("without files leaves its manifest among the runs", async () => {
    const { nodes, ...rest } = graph;
    const texts = {
      ...rest,
      nodes: { words: nodes.words },
      outputs: { words: graph.outputs.words },
    };
    await writeFile(place("texts.json"), JSON.stringify(texts));
    const { code, out } = await insightgraph("run", "texts.json");
    expect({ code, out }).toEqual({ code: 0, out: "words: a small photo\n" });
    expect(await names("data", "runs")).toEqual([expect.stringMatching(/\.manifest\.json$/)]);
  });

  test("that fails is recorded in its manifest, and the files it wrote are complete", async () => {
    const { nodes } = graph;
    const gone = { ...nodes.photo, params: { path: "gone.png" } };
    const lost = { ...nodes.save, params: { path: "lost.png" }, inputs: { image: image("gone") } };
    const text = JSON.stringify({ ...graph, nodes: { ...nodes, gone, lost } });
    await writeFile(place("work", "failing.json"), text);
    const { code } = await insightgraph("run", "work/failing.json", "--out", "failed");
    expect(code).toBe(2);
    const manifest = parseManifest(await readFile(place("failed", "manifest.json"), "utf8"));
    expect(manifest).toMatchObject({
      stopped: "failed",
      error: { code: "node.bad-input", nodeId: "gone" },
      nodes: { small: { type: "image.resize" } },
    });
    const picture = await readFile(place("failed", "small.png"));
    const record = await readPngText(picture, "insightgraph-manifest");
    expect(parseManifest(record ?? "")).toEqual(manifest);
    expect(await insightgraph("replay", "failed/small.png")).toMatchObject({ code: 0 });
  });

  test("prints events as lines of JSON", async () => {
    const { out, errors } = await insightgraph("run", "work/graph.json", "--out", "all", "--json");
    expect(errors).toBe("");
    const events = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events[0]).toEqual({ type: "run-started", nodes: expect.any(Number) });
    expect(events.at(-1)).toEqual({ type: "run-finished", ms: expect.any(Number) });
    expect(events).toContainEqual({ type: "output", name: "words", text: "a small photo" });
    expect(events).toContainEqual({
      type: "manifest-written",
      path: place("all", "manifest.json"),
    });
    const [finished] = events.filter(
      ({ type, nodeId }) => type === "node-finished" && nodeId === "small",
    );
    expect(finished).toMatchObject({ digests: { image: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    const refused = await insightgraph("run", "gone.json", "--json");
    expect({ ...refused, out: JSON.parse(refused.out) }).toMatchObject({
      code: 2,
      out: { type: "run-rejected", issues: [{ code: "file.unreadable" }] },
    });
    const unasked = await insightgraph("edit", "--json");
    expect(JSON.parse(unasked.out)).toMatchObject({ issues: [{ code: "command.usage" }] });
  });
});

describe("replay", () => {
  test("finds everything the same, and writes nothing", async () => {
    const before = await names("work");
    const { code, out } = await insightgraph("replay", "work/small.manifest.json");
    expect({ code, out: out.split("\n") }).toEqual({
      code: 0,
      out: [
        ...["small: same", "words: same", "seed: same", "opaque: same", "../out side: same"],
        ...["small.png: same", ""],
      ],
    });
    expect(await names("work")).toEqual(before);
    const all = await insightgraph("replay", "all/here/manifest.json");
    expect(all).toMatchObject({ code: 0, out: expect.stringContaining("opaque.png: same\n") });
    const carried = await insightgraph("replay", "work/small.png", "--json");
    expect(JSON.parse(carried.out)).toMatchObject({ differences: [] });
  });

  test("reports different outputs and their possible causes", async () => {
    await copyFile(path.join(graphsDir, "samples/fox-drum-apple.png"), place("work", "photo.png"));
    const { code, out, errors } = await insightgraph("replay", "work/small.manifest.json");
    expect(code).toBe(1);
    expect(out).toContain("small: different\nwords: same\n");
    expect(out).toContain("small.png: different\n");
    expect(errors).toContain("note: the file at photo.path has changed");
    await rm(place("work", "photo.png"));
    const gone = await insightgraph("replay", "work/small.manifest.json");
    expect(gone.code).toBe(2);
    expect(gone.errors).toContain("node.bad-input at photo.params.path: ");
  });

  test.each([
    [["replay"], "command.usage: no manifest is given"],
    [["replay", "work/graph.json"], "manifest.shape at format: this is not the manifest of a run"],
    [["replay", "gone.json"], 'file.unreadable: "gone.json": there is no such file'],
    [["replay", "work"], 'file.unreadable: "work": it is a folder'],
  ])("%j is refused with code 2", async (args, line) => {
    const { code, errors } = await insightgraph(...args);
    expect(errors).toContain(line);
    expect(code).toBe(2);
  });
});
