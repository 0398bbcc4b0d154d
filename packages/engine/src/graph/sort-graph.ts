import { entryOf } from "./catalogue.ts";
import type { GraphBody, GraphNode } from "./document.ts";
import { nodesOf } from "./nodes-of.ts";

export interface SortedGraph {
  /** Every node after the nodes it takes values from; nodes in or after a cycle are missing. */
  readonly order: readonly string[];
  /** Each cycle once, as the ids along it. */
  readonly cycles: readonly (readonly string[])[];
}

/** Ids of the nodes that `id` takes values from, each once; links into nothing are left out. */
export function sourcesOf(graph: GraphBody, id: string): string[] {
  const node = entryOf(graph.nodes, id);
  return node === undefined ? [] : linkedNodes(graph, node);
}

function linkedNodes(graph: GraphBody, { inputs }: GraphNode): string[] {
  if (inputs === undefined) return [];
  const links = Object.values(inputs);
  const [first] = links;
  if (links.length === 1 && first !== undefined) {
    return Object.hasOwn(graph.nodes, first.node) ? [first.node] : [];
  }
  return [...new Set(links.map(({ node }) => node))].filter((node) =>
    Object.hasOwn(graph.nodes, node),
  );
}

/** The nodes still unsorted, each with the number of its sources among them. */
interface Unsorted {
  readonly waiting: Map<string, number>;
  readonly targets: ReadonlyMap<string, readonly string[]>;
}

function unsorted(graph: GraphBody): Unsorted {
  const waiting = new Map<string, number>();
  const targets = new Map<string, string[]>();
  for (const [id, node] of nodesOf(graph)) {
    const sources = linkedNodes(graph, node);
    waiting.set(id, sources.length);
    for (const source of sources) {
      const list = targets.get(source);
      if (list === undefined) targets.set(source, [id]);
      else list.push(id);
    }
  }
  return { waiting, targets };
}

/** Takes `ready` out, then every node that this leaves without sources; returns them in order. */
function takeOut({ waiting, targets }: Unsorted, ready: readonly string[]): string[] {
  const order = [...ready];
  for (const id of ready) waiting.delete(id);
  for (const id of order) {
    for (const target of targets.get(id) ?? []) {
      const left = waiting.get(target);
      if (left === undefined) continue;
      waiting.set(target, left - 1);
      if (left > 1) continue;
      waiting.delete(target);
      order.push(target);
    }
  }
  return order;
}

/** Walks from a node to its sources until it comes round; each unsorted node has such a source. */
function cycleBefore(graph: GraphBody, { waiting }: Unsorted, start: string): string[] {
  const steps = new Map<string, number>();
  let id: string | undefined = start;
  while (id !== undefined && !steps.has(id)) {
    steps.set(id, steps.size);
    id = sourcesOf(graph, id).find((source) => waiting.has(source));
  }
  const from = id === undefined ? 0 : (steps.get(id) ?? 0);
  const [first = start, ...others] = [...steps.keys()].slice(from);
  return [first, ...others.reverse()];
}

/** Orders nodes by their links; among free nodes the document's order holds. */
export function sortGraph(graph: GraphBody): SortedGraph {
  const rest = unsorted(graph);
  const free = [...rest.waiting].filter(([, count]) => count === 0).map(([id]) => id);
  const order = takeOut(rest, free);
  const cycles: string[][] = [];
  for (const id of [...rest.waiting.keys()]) {
    while (rest.waiting.has(id)) {
      const cycle = cycleBefore(graph, rest, id);
      cycles.push(cycle);
      takeOut(rest, cycle);
    }
  }
  return { order, cycles };
}
