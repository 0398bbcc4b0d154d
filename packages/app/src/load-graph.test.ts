import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseGraph } from "@insightgraph/engine/graph";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadGraph, withGraphFiles } from "./load-graph.ts";
import { projectDir } from "./places.ts";

const encodings = path.join(projectDir, "test/fixtures/graph-encodings");
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "load-graph-"));
});
afterAll(() => rm(folder, { recursive: true }));

test.each(["utf16le.json", "utf16be.json"])("%s opens, as it does on the page", async (name) => {
  const bytes = Buffer.from(await readFile(path.join(encodings, name)));
  const text = (name === "utf16be.json" ? bytes.swap16() : bytes).toString("utf16le").slice(1);
  const utf8 = path.join(folder, name);
  await writeFile(utf8, text);
  expect(text).toMatch(/[^\0-\x7f]/);
  expect(await loadGraph(path.join(encodings, name))).toEqual(await loadGraph(utf8));
});

test("a graph in another encoding is refused, and the encoding named", async () => {
  await expect(loadGraph(path.join(encodings, "latin1.json"))).rejects.toMatchObject({
    code: "file.encoding",
    what: expect.stringContaining("it looks like Latin-1"),
    hint: "Save it as UTF-8.",
  });
});

test.skipIf(path.sep === "\\")(
  "a path is found with back-slashes and in either Unicode form",
  async () => {
    await mkdir(path.join(folder, "e\u0301t\u00e9"));
    const file = path.join(folder, "e\u0301t\u00e9", "graph.json");
    await cp(path.join(encodings, "utf16le.json"), file);
    const graph = await loadGraph(file);
    expect(await loadGraph(`${folder}\\e\u0301t\u00e9\\graph.json`)).toEqual(graph);
    expect(await loadGraph(file.normalize("NFC"))).toEqual(graph);
    expect(await loadGraph(file.normalize("NFD"))).toEqual(graph);
  },
);

/** A graph that refers to `nodes/part.json`. */
const whole = parseGraph(
  JSON.stringify({
    format: "insightgraph",
    version: 1,
    nodes: {},
    graphs: { part: { file: "nodes/part.json" } },
  }),
);

async function writePart(within: string, text: string): Promise<void> {
  const graph = {
    format: "insightgraph",
    version: 1,
    nodes: { words: { type: "text.value", version: 1, params: { text } } },
    outputs: { text: { node: "words", output: "text" } },
  };
  await mkdir(path.join(within, "nodes"), { recursive: true });
  await writeFile(path.join(within, "nodes/part.json"), JSON.stringify(graph));
}

test("a graph file is looked for in the graph's own folder, then in the workspace", async () => {
  const own = path.join(folder, "below");
  const wordsFound = async (): Promise<unknown> => {
    const { graphs } = await withGraphFiles(whole, [own, folder]);
    return graphs?.["part"]?.nodes["words"]?.params?.["text"];
  };
  await writePart(folder, "of the workspace");
  expect(await wordsFound()).toBe("of the workspace");
  await writePart(own, "its own");
  expect(await wordsFound()).toBe("its own");
});

test("a graph file that is nowhere is named where it should be first", async () => {
  const folders = [path.join(folder, "empty"), path.join(folder, "none")];
  await expect(withGraphFiles(whole, folders)).rejects.toMatchObject({
    what: expect.stringContaining(path.join("empty", "nodes", "part.json")),
  });
});
