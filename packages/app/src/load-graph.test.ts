import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadGraph } from "./load-graph.ts";
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
