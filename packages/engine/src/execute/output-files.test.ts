import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { GraphNode } from "../graph/document.ts";
import { defineNode } from "../node/define-node.ts";
import { param } from "../node/param.ts";
import { createRegistry } from "../node/registry.ts";
import { about, doc, from, graphOf, nodes, observe, text } from "./run.fixture.ts";
import type { RunOptions } from "./run-graph.ts";

const save = defineNode({
  ...about,
  type: "text.save",
  isOutput: true,
  cacheable: false,
  inputs: { text: text(doc) },
  params: {
    path: param.file({ default: "out.txt", purpose: "save", doc }),
    existing: param.choice({ options: ["number", "replace", "refuse"], default: "number", doc }),
  },
  outputs: {},
  async run(inputs, { path: file, existing }, { reserve, saved }) {
    const place = await reserve(path.join(folder, file), existing);
    await writeFile(place, inputs.text);
    saved(place);
    return {};
  },
});
const registry = createRegistry([...nodes, save]);

let folder: string;
let here: string;
beforeEach(async () => {
  here = process.cwd();
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-files-"));
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(here);
  await rm(folder, { recursive: true });
});

const sources = {
  word: { type: "text.value", params: { text: "one" } },
  words: { type: "list.texts", params: { text: "a,b" } },
};

function saver(file: string, source = "word", params: GraphNode["params"] = {}) {
  const link = source === "words" ? from("words.texts") : from(source);
  return { type: "text.save", params: { path: file, ...params }, inputs: { text: link } };
}

async function run(
  savers: Readonly<Record<string, ReturnType<typeof saver>>>,
  options: Partial<RunOptions> = {},
) {
  const observed = await observe(graphOf({ ...sources, ...savers }), options, registry);
  const saved = observed.events.flatMap((event) =>
    event.type === "node-saved" ? [path.basename(event.path)] : [],
  );
  return { error: observed.error, saved: saved.sort(), files: (await readdir(folder)).sort() };
}

describe("[F4] two nodes that would write one file are refused before anything is written", () => {
  test.each([
    ["the same name", saver("out.txt"), saver("out.txt")],
    ["a roundabout path", saver("out.txt"), saver("./in/../out.txt")],
    ["a link to the folder", saver("in/out.txt"), saver("link/out.txt")],
    ["accents in another form", saver("\u00e9.txt"), saver("e\u0301.txt")],
    ["replacing", saver("out.txt"), saver("out.txt", "word", { existing: "replace" })],
    ["two lists", saver("out.txt", "words"), saver("out.txt", "words")],
    ["an item of a list", saver("out.txt", "words"), saver("out-2.txt")],
    ["an item, before its list", saver("out-13.txt"), saver("out.txt", "words")],
  ])("%s", async (_, first, second) => {
    await mkdir("in");
    await symlink("in", "link");
    const { error, files } = await run({ first, second });
    expect(error).toMatchObject({
      code: "graph.same-file",
      what: `"first" writes "${second.params.path}" too`,
      at: { nodeId: "second", path: "params.path" },
    });
    expect(files).toEqual(["in", "link"]);
  });

  test.each([
    ["another ending", saver("out.txt"), saver("out.md"), 2],
    ["a name that only begins alike", saver("out.txt", "words"), saver("out-x.txt"), 3],
    ["a single name beside a list", saver("out.txt", "words"), saver("out.txt"), 3],
    ["lists whose numbers differ in depth", saver("out.txt", "words"), saver("out-1-1.txt"), 3],
  ])("%s is fine", async (_, first, second, count) => {
    const { error, files } = await run({ first, second });
    expect(error).toBeUndefined();
    expect(files).toHaveLength(count);
  });

  test("paths that come along links are compared when they are known", async () => {
    const name = { type: "text.value", params: { text: "out.txt" } };
    const second = saver("", "word");
    const linked = { ...second, inputs: { ...second.inputs, path: from("name") } };
    const graph = graphOf({ ...sources, name, first: saver("out.txt"), linked });
    const { error } = await observe(graph, {}, registry);
    expect(error).toMatchObject({
      code: "node.bad-input",
      what: `"first" writes "${path.join(folder, "out.txt")}" too`,
      at: { nodeId: "linked", path: "params.path" },
    });
  });
});

describe("[F5] a file that is there already", () => {
  const others = { isOwnFile: async () => false };
  const own = { isOwnFile: async (file: string) => !file.endsWith("out.txt") };
  beforeEach(() => writeFile("out.txt", "precious"));

  test("[E2] is kept, and the new one is numbered and reported", async () => {
    await writeFile("out-2.txt", "precious too");
    const { saved } = await run({ save: saver("out.txt") }, others);
    expect(saved).toEqual(["out-3.txt"]);
    expect(await readFile("out.txt", "utf8")).toBe("precious");
    expect(await readFile("out-2.txt", "utf8")).toBe("precious too");
  });

  test("is replaced where an earlier run of the graph wrote it", async () => {
    await writeFile("out-2.txt", "from an earlier run");
    const { saved, files } = await run({ save: saver("out.txt") }, own);
    expect(saved).toEqual(["out-2.txt"]);
    expect(files).toEqual(["out-2.txt", "out.txt"]);
    expect(await readFile("out-2.txt", "utf8")).toBe("one");
  });

  test("is never replaced by a numbered one where earlier runs are kept", async () => {
    await writeFile("out-2.txt", "from an earlier run");
    const { saved } = await run({ save: saver("out.txt") }, { ...own, keepsEarlier: true });
    expect(saved).toEqual(["out-3.txt"]);
    expect(await readFile("out-2.txt", "utf8")).toBe("from an earlier run");
  });

  test("is replaced where the node says so", async () => {
    const { saved } = await run(
      { save: saver("out.txt", "word", { existing: "replace" }) },
      others,
    );
    expect(saved).toEqual(["out.txt"]);
    expect(await readFile("out.txt", "utf8")).toBe("one");
  });

  test("is refused where the node says so", async () => {
    const { error } = await run({ save: saver("out.txt", "word", { existing: "refuse" }) }, others);
    expect(error).toMatchObject({
      code: "node.bad-input",
      at: { nodeId: "save", path: "params.path" },
      hint: expect.stringContaining("--overwrite"),
    });
    expect(await readFile("out.txt", "utf8")).toBe("precious");
  });

  test("counts for items of a list one by one, without taking another node's name", async () => {
    await writeFile("list-1.txt", "precious");
    const savers = { list: saver("list.txt", "words"), other: saver("list-1-2.txt") };
    const isOwnFile = async (file: string) => !file.endsWith("list-1.txt");
    const { saved } = await run(savers, { isOwnFile });
    expect(saved).toEqual(["list-0.txt", "list-1-2.txt", "list-1-3.txt"]);
    expect(await readFile("list-1.txt", "utf8")).toBe("precious");
  });
});
