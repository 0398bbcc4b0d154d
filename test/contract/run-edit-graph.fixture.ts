import type { Picture } from "../../packages/editing/src/pictures.ts";
import { createMemoryStore } from "../../packages/engine/src/cache.ts";
import { runGraph } from "../../packages/engine/src/execute.ts";
import type { GraphDocument } from "../../packages/engine/src/graph.ts";
import { createRegistry } from "../../packages/engine/src/node.ts";
import { createSessionPool } from "../../packages/engine/src/runtime.ts";
import { nodes } from "../../packages/nodes/src/index.ts";

const registry = createRegistry(nodes);
const pool = createSessionPool({ threads: 1 });
const store = createMemoryStore();

/** To be called before the folder of a checkpoint goes: its files are mapped. */
export function closeSessions(): Promise<void> {
  return pool.close();
}

/** Runs a graph up to its node `decode`, over one store; tells what was not kept from before. */
export async function runEditGraph(
  graph: GraphDocument,
  onLog: (text: string) => void = () => {},
): Promise<{ image: Picture; ran: string[] }> {
  const ran: string[] = [];
  const values = await runGraph(graph, registry, {
    outputs: ["decode"],
    open: (model) => pool.open(model),
    store,
    emit(event) {
      if (event.type === "node-logged") onLog(event.text);
      if (event.type === "node-finished" && !event.cached) ran.push(event.nodeId);
    },
  });
  return { image: values.get("decode")?.["image"] as Picture, ran: ran.sort() };
}

/** The greatest difference between two pictures' samples, in steps of 255. */
export function worstDifference({ data }: Picture, wanted: readonly number[]): number {
  return data.reduce((most, value, at) => Math.max(most, Math.abs(value - (wanted[at] ?? 0))), 0);
}
