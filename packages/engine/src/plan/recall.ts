import type { NodeCatalogue } from "../graph/catalogue.ts";
import type { GraphDocument, GraphNode } from "../graph/document.ts";
import { changedNodes, isSame } from "./changed-nodes.ts";
import type { RunRequest } from "./run-needs.ts";

/** A run that is asked for. */
interface AskedRun {
  readonly graph: GraphDocument;
  readonly request: RunRequest;
}

/** What was found for a run that differs from another one in nothing but params. */
export interface Recalled<Found> {
  readonly found: Found;
  /** The nodes whose params differ, as they are now; every value fits. */
  readonly changed: readonly (readonly [id: string, node: GraphNode])[];
}

/** The last run that each owner asked for, and what was found for it. */
export interface Recall<Found> {
  /** @param catalogue The owner's. */
  find(owner: object, asked: AskedRun, catalogue: NodeCatalogue): Recalled<Found> | undefined;
  keep(owner: object, asked: AskedRun, found: Found): void;
}

/** Nodes, those of subgraphs included, of the largest graph that is kept: others would hold their memory for long. */
export const maxKeptNodes = 1000;

function sizeOf({ nodes, graphs = {} }: GraphDocument): number {
  const bodies = [nodes, ...Object.values(graphs).map((graph) => graph.nodes)];
  return bodies.reduce((size, body) => size + Object.keys(body).length, 0);
}

/**
 * Remembers one run for each owner, so that a graph that runs again and again with other values is checked and planned
 * once. Documents never change in place.
 */
export function createRecall<Found>(): Recall<Found> {
  const last = new WeakMap<object, { readonly asked: AskedRun; readonly found: Found }>();
  return {
    find(owner, { graph, request }, catalogue) {
      const known = last.get(owner);
      if (known === undefined || !isSame(known.asked.request, request)) return undefined;
      const changed = changedNodes(known.asked.graph, graph, catalogue);
      return changed && { found: known.found, changed };
    },
    keep(owner, asked, found) {
      if (sizeOf(asked.graph) <= maxKeptNodes) last.set(owner, { asked, found });
    },
  };
}
