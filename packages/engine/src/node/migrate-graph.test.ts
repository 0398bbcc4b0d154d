import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runGraph } from "../execute/run-graph.ts";
import { migrateFormat } from "../graph/migrate-format.ts";
import { parseGraph } from "../graph/parse-graph.ts";
import { validateGraph } from "../graph/validate-graph.ts";
import { defineNode } from "./define-node.ts";
import { anyPort, definePort } from "./define-port.ts";
import { migrateGraph } from "./migrate-graph.ts";
import { param } from "./param.ts";
import { createRegistry } from "./registry.ts";

const folder = fileURLToPath(new URL("../../../../test/fixtures/graphs/", import.meta.url));
const doc = "D.";
const open = () => Promise.reject(new Error("no models here"));
const text = definePort<string>("text");

/** Version 1 said `words` and gave `out`; version 2 said `text`; version 3 counts in `times`. */
const repeat = defineNode({
  type: "text.repeat",
  version: 3,
  title: "T",
  doc,
  formerly: ["text.again"],
  migrate: {
    1: (node, rename) => {
      const { words = "", ...params } = node.params ?? {};
      rename.param("words", "text");
      rename.output("out", "text");
      return { ...node, params: { ...params, text: words } };
    },
    2: (node) => ({ ...node, params: { ...node.params, times: node.params?.["twice"] ? 2 : 1 } }),
  },
  inputs: { before: text.optional(doc) },
  params: {
    text: param.text({ default: "", doc }),
    times: param.integer({ default: 1, doc }),
    twice: param.boolean({ default: false, doc }),
  },
  outputs: { text: text(doc) },
  run: (_inputs, params) => ({ text: params.text.repeat(params.times) }),
});
const any = defineNode({
  type: "text.any",
  version: 1,
  title: "T",
  doc,
  inputs: { value: anyPort("T")(doc) },
  params: {},
  outputs: {},
  run: () => ({}),
});
const registry = createRegistry([repeat, any]);

async function load(name: string) {
  return parseGraph(await readFile(`${folder}${name}`, "utf8"));
}

describe("migrations", () => {
  test("a file of version 1 becomes one of today, links and names of params with it", async () => {
    const graph = migrateGraph(await load("node-version-1.json"), registry.nodes);
    expect(graph.nodes["greeting"]).toEqual({
      type: "text.repeat",
      version: 3,
      params: { twice: true, text: "hello", times: 2 },
      ui: { x: 10, y: 20 },
    });
    expect(graph.nodes["end"]?.inputs).toEqual({ value: { node: "greeting", output: "text" } });
    expect(graph.inputs).toEqual({ words: { node: "greeting", param: "text" } });
    expect(graph.outputs).toEqual({ said: { node: "greeting", output: "text" } });
    expect(graph.graphs?.["inner"]?.nodes["again"]).toMatchObject({
      type: "text.repeat",
      version: 3,
    });
    expect(graph.graphs?.["inner"]?.outputs).toEqual({ said: { node: "again", output: "text" } });
    expect(validateGraph(graph, registry.catalogue)).toEqual([]);
  });

  test("renames of several versions chain, and several names may become one", () => {
    const renamed = defineNode({
      type: "text.renamed",
      version: 4,
      title: "T",
      doc,
      migrate: {
        1: (node, rename) => {
          rename.output("a", "b");
          rename.param("p", "q");
          return node;
        },
        2: (node, rename) => {
          rename.output("b", "c");
          rename.param("q", "r");
          return node;
        },
        3: (node, rename) => {
          rename.output("other", "b");
          rename.output("another", "b");
          return node;
        },
      },
      inputs: {},
      params: { r: param.text({ default: "", doc }) },
      outputs: { b: text(doc), c: text(doc) },
      run: () => ({ b: "", c: "" }),
    });
    const old = {
      format: "insightgraph",
      version: 1,
      nodes: { n: { type: "text.renamed", version: 1 }, m: { type: "text.renamed", version: 2 } },
      inputs: { named: { node: "n", param: "p" } },
      outputs: {
        first: { node: "n", output: "a" },
        second: { node: "n", output: "other" },
        third: { node: "n", output: "another" },
        fourth: { node: "m", output: "b" },
        unknown: { node: "n", output: "b" },
      },
    } as const;
    const graph = migrateGraph(old, createRegistry([renamed]).nodes);
    expect(graph.inputs).toEqual({ named: { node: "n", param: "r" } });
    expect(graph.outputs).toEqual({
      first: { node: "n", output: "c" },
      second: { node: "n", output: "b" },
      third: { node: "n", output: "b" },
      fourth: { node: "m", output: "c" },
      // Version 1 had no such output: validation reports the link.
      unknown: { node: "n", output: "b" },
    });
  });

  test("[R13] an old file runs as it is: a run migrates it first", async () => {
    const old = await load("node-version-1.json");
    expect(validateGraph(old, registry.catalogue)).toEqual([]);
    const values = await runGraph(old, registry, { outputs: ["greeting"], open });
    expect(values.get("greeting")).toEqual({ text: "hellohello" });
  });

  test("a graph that is of today stays the same object", async () => {
    const graph = migrateGraph(await load("node-version-1.json"), registry.nodes);
    expect(migrateGraph(graph, registry.nodes)).toBe(graph);
  });

  test("validation accepts what can be brought up, and nothing older or newer", () => {
    const nodes = (version: number) => ({
      a: { type: "text.repeat", version, params: { words: "" } },
    });
    const codes = (version: number) =>
      validateGraph(
        { format: "insightgraph", version: 1, nodes: nodes(version) },
        registry.catalogue,
      ).map(({ code }) => code);
    expect(registry.catalogue["text.repeat"]?.oldest).toBe(1);
    expect(codes(1)).toEqual([]);
    expect(codes(3)).toEqual(["graph.unknown-param"]);
    expect(codes(4)).toContain("graph.node-version");
  });

  test("formats are brought up one version after the other", () => {
    const migrations = {
      1: ({ nodes, ...rest }: object & { nodes?: unknown }) => ({ ...rest, items: nodes }),
      2: (document: object) => ({ ...document, extra: true }),
    };
    const before = { format: "insightgraph", version: 1, nodes: {} };
    expect(migrateFormat(before, migrations, 3)).toEqual({
      format: "insightgraph",
      version: 3,
      items: {},
      extra: true,
    });
    expect(() => migrateFormat({ version: 4 }, migrations, 3)).toThrow("graph.version");
    expect(() => migrateFormat({ version: "1" }, migrations, 3)).toThrow("graph.version");
    expect(() => migrateFormat({}, migrations, 3)).toThrow("found none");
  });

  test("every file that was ever written still opens", async () => {
    for (const name of await readdir(folder)) {
      if (name.endsWith(".json")) expect((await load(name)).format).toBe("insightgraph");
    }
  });
});
