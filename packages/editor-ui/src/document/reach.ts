import type { GraphDocument } from "@insightgraph/engine/graph";
import { nodeOf } from "./edits.ts";

/** The node and every node that it takes values from, directly or through others. */
export function nodesBefore(graph: GraphDocument, id: string): ReadonlySet<string> {
  return walk(id, (node) =>
    Object.values(nodeOf(graph, node)?.inputs ?? {}).map((link) => link.node),
  );
}

/** The node and every node that takes values from it, directly or through others. */
export function nodesAfter(graph: GraphDocument, id: string): ReadonlySet<string> {
  const targets = new Map<string, string[]>();
  for (const [target, { inputs = {} }] of Object.entries(graph.nodes)) {
    for (const { node } of Object.values(inputs)) {
      const known = targets.get(node);
      if (known === undefined) targets.set(node, [target]);
      else known.push(target);
    }
  }
  return walk(id, (node) => targets.get(node) ?? []);
}

function walk(start: string, next: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set([start]);
  for (const id of found) for (const other of next(id)) found.add(other);
  return found;
}
