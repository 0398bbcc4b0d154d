import { existsSync } from "node:fs";
import path from "node:path";
import {
  catalogueFor,
  type GraphDocument,
  type NodeCatalogue,
  settingsOf,
} from "@insightgraph/engine/graph";
import { openObjectStore } from "@insightgraph/engine/objects";
import { type Cluster, protocol, type TaskQueue, whyWaiting } from "@insightgraph/engine/tasks";
import { modelsIn, presentModels } from "../../dataset/tasks/models-in.ts";
import { runFile, type Workers } from "../../dataset/tasks/run-tasks.ts";
import { digestOfPlaces } from "../../digest-of-places.ts";

/** What a server shares with the workers of its database. */
export interface SharedWork {
  /** Throws: `jobs.*`. */
  openQueue(): Promise<TaskQueue & Cluster>;
  /** Where files are shared. */
  readonly store: string;
  /** Places of node types from outside the pack. */
  readonly nodePlaces: readonly string[];
  log(text: string): void;
}

/** An ablation that is about to run. */
interface Candidate {
  readonly folder: string;
  /** The graphs of its cells. */
  readonly graphs: readonly GraphDocument[];
  readonly catalogue: NodeCatalogue;
  /** Called where somebody has cancelled it among the runs of workers. */
  cancel(): void;
}

/** Items, each with all its cells, that a worker takes together. */
const itemsPerTask = 4;

/**
 * The workers that compute an ablation of a server: those of its database, where one is there that can, or where it was
 * begun with workers and cut off.
 * @returns undefined where the server computes it. Throws: `jobs.*`, `objects.place`.
 */
export async function findWorkers(
  { openQueue, store, nodePlaces, log }: SharedWork,
  { folder, graphs, catalogue, cancel }: Candidate,
): Promise<Workers | undefined> {
  const queue = await openQueue();
  const nodes = (await digestOfPlaces(nodePlaces)) ?? "";
  const present = await presentModels();
  const models = graphs.flatMap((graph) => modelsIn(graph, catalogue, present));
  const isThere = whyWaiting({ protocol, nodes, models }, await queue.workers()) === undefined;
  if (!isThere && !existsSync(path.join(folder, runFile))) return undefined;
  const objects = openObjectStore(store);
  const size = itemsPerTask * graphs.length;
  return { queue, objects, nodes, itemsPerTask: size, priority: 0, log, cancel };
}

/**
 * Checks what a graph reads by the reach of the server, since workers have none.
 * @param folder Where its relative paths start. Throws: what `mayRead` throws.
 */
export async function requireReach(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  folder: string,
  mayRead: (place: string) => Promise<void>,
): Promise<void> {
  const known = catalogueFor(graph, catalogue);
  const bodies = [graph, ...Object.values(graph.graphs ?? {})];
  for (const node of bodies.flatMap(({ nodes }) => Object.values(nodes))) {
    const spec = known[node.type];
    if (spec === undefined) continue;
    for (const [name, value] of Object.entries(settingsOf(spec, node))) {
      const param = spec.params[name];
      if (typeof value !== "string" || value === "") continue;
      const prefix = param?.kind === "text" ? param.folderPrefix : undefined;
      if (param?.kind === "file") await mayRead(path.resolve(folder, value));
      else if (prefix !== undefined && value.startsWith(prefix)) {
        await mayRead(path.resolve(folder, value.slice(prefix.length)));
      }
    }
  }
}
