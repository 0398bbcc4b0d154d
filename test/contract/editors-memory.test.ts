import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runGraph } from "../../packages/engine/src/execute.ts";
import { type GraphDocument, parseGraph, setParam } from "../../packages/engine/src/graph.ts";
import { createRegistry } from "../../packages/engine/src/node.ts";
import { createSessionPool } from "../../packages/engine/src/runtime.ts";
import { nodes } from "../../packages/nodes/src/index.ts";
import { writeFlux2 } from "./write-flux2.fixture.ts";
import { writeFormulaPicture } from "./write-parts.fixture.ts";

const registry = createRegistry(nodes);
let graph: GraphDocument;
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "editors-memory-"));
  await writeFlux2(folder);
  const picture = await writeFormulaPicture(folder, { width: 32, height: 32 });
  const file = new URL("../../graphs/flux2-klein.json", import.meta.url);
  graph = parseGraph(await readFile(file, "utf8"));
  graph = setParam(graph, "checkpoint", "text", `dir:${folder}`);
  graph = setParam(graph, "source", "path", picture);
});
afterAll(() => rm(folder, { recursive: true }));

/** Edits within a budget. @returns per network that was opened: its bytes, and what the pool held as soon as it was asked for. */
async function edit(maxBytes: number) {
  const pool = createSessionPool({ threads: 1, maxBytes });
  const found = new Map<string, { bytes: number; held: number; beside: readonly string[] }>();
  const nameOf = (key: string): string => key.split("/")[2] ?? key;
  await runGraph(graph, registry, {
    outputs: ["decode"],
    open(model) {
      const session = pool.open(model);
      const beside = pool.keys().map(nameOf);
      const bytes = model.weightBytes ?? 0;
      found.set(nameOf(model.key), { bytes, held: pool.bytes(), beside });
      return session;
    },
  });
  await pool.close();
  return found;
}

test("[S2] FLUX.2's text encoder is closed before its denoiser opens, where both do not fit", async () => {
  const roomy = await edit(1e12);
  expect(roomy.get("flux2-transformer")?.beside).toContain("qwen-states");
  const largest = Math.max(...[...roomy.values()].map(({ bytes }) => bytes));
  expect(largest).toBeGreaterThan(0);
  const tight = await edit(largest);
  // Which of two independent networks is asked for first is a matter of time.
  expect(new Set(tight.keys())).toEqual(new Set(roomy.keys()));
  expect(tight.get("flux2-transformer")?.beside).not.toContain("qwen-states");
  for (const { held } of tight.values()) expect(held).toBeLessThanOrEqual(largest);
});
