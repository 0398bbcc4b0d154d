import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createMemoryStore } from "@insightgraph/engine/cache";
import { runGraph } from "@insightgraph/engine/execute";
import {
  bypassNode,
  type GraphDocument,
  parseGraph,
  setParam,
  stringifyGraph,
  validateGraph,
} from "@insightgraph/engine/graph";
import { createRegistry } from "@insightgraph/engine/node";
import { createSessionPool } from "@insightgraph/engine/runtime";
import { nodes } from "@insightgraph/nodes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadGraph } from "./load-graph.ts";
import { graphsDir } from "./places.ts";

const registry = createRegistry(nodes);
const pool = createSessionPool({ threads: 1 });
const store = createMemoryStore();
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "graphs-"));
});
afterAll(async () => {
  await pool.close();
  await rm(folder, { recursive: true });
});

const files = (await readdir(graphsDir)).filter((name) => name.endsWith(".json"));

async function load(name: string): Promise<{ text: string; graph: GraphDocument }> {
  const text = await readFile(path.join(graphsDir, name), "utf8");
  return { text, graph: parseGraph(text) };
}

describe.each(files)("graphs/%s", (name) => {
  test("comes back byte for byte", async () => {
    const { text, graph } = await load(name);
    expect(stringifyGraph(graph)).toBe(text);
    expect(stringifyGraph(await loadGraph(path.join(graphsDir, name)))).toBe(text);
  });

  test("has nothing wrong with it", async () => {
    const graph = await loadGraph(path.join(graphsDir, name));
    expect(validateGraph(graph, registry.catalogue)).toEqual([]);
  });
});

describe("graphs/insightedit.json", () => {
  async function edited(change: (graph: GraphDocument) => GraphDocument): Promise<{
    picture: unknown;
    ran: string[];
  }> {
    const { graph } = await load("insightedit.json");
    const sample = path.join(graphsDir, String(graph.nodes["source"]?.params?.["path"]));
    const target = path.join(folder, "edited.png");
    const placed = setParam(setParam(graph, "source", "path", sample), "save", "path", target);
    const ran: string[] = [];
    const values = await runGraph(change(placed), registry, {
      outputs: ["restore"],
      open: (model) => pool.open(model),
      store,
      emit(event) {
        if (event.type === "node-finished" && !event.cached) ran.push(event.nodeId);
      },
    });
    return { picture: values.get("restore")?.["image"], ran: ran.sort() };
  }

  test("edits, and runs again only what an instruction changes", async () => {
    const first = await edited((graph) => graph);
    expect(first.ran).toHaveLength(10);
    expect((await edited((graph) => graph)).ran).toEqual([]);
    const other = await edited((graph) =>
      setParam(graph, "instruction", "text", "remove the rabbit"),
    );
    expect(other.picture).not.toEqual(first.picture);
    expect(other.ran).toEqual([
      ...["comprehension", "decode", "image-adapter", "instruction", "restore", "sample"],
      "text-bridge",
    ]);
  });

  test("runs without the image alignment adapter: the first ablation", async () => {
    const whole = await edited((graph) => graph);
    const without = await edited((graph) => bypassNode(graph, "image-adapter"));
    expect(without.picture).not.toEqual(whole.picture);
    const silent = await edited((graph) => setParam(graph, "image-adapter", "scale", 0));
    expect(silent.picture).toEqual(without.picture);
  });
});
