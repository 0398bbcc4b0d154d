import type { GraphBody, GraphNode } from "./document.ts";

export type NodeEntry = readonly [id: string, node: GraphNode];

const listed = new WeakMap<GraphBody["nodes"], readonly NodeEntry[]>();

/**
 * A graph's nodes with their ids, in the document's order. JavaScript lists the names of a large object slowly, far
 * more so than it finds one; since documents never change in place, each is listed once.
 */
export function nodesOf({ nodes }: Pick<GraphBody, "nodes">): readonly NodeEntry[] {
  const known = listed.get(nodes);
  if (known !== undefined) return known;
  const entries = Object.entries(nodes);
  listed.set(nodes, entries);
  return entries;
}
