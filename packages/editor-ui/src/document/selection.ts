import type { GraphDocument } from "@insightgraph/engine/graph";
import { type InputEnd, linkInto, nodeOf } from "./edits.ts";

/** What the next command is about: some nodes, or one link (named by the input it ends in). */
export interface Selection {
  readonly nodes: readonly string[];
  readonly link?: InputEnd;
}

export const emptySelection: Selection = { nodes: [] };

export function selectNodes(nodes: readonly string[]): Selection {
  return { nodes: [...new Set(nodes)] };
}

export function selectLink(link: InputEnd): Selection {
  return { nodes: [], link };
}

/** Adds a node to the selection, or takes it out. */
export function toggleNode(selection: Selection, id: string): Selection {
  return selection.nodes.includes(id)
    ? { nodes: selection.nodes.filter((other) => other !== id) }
    : { nodes: [...selection.nodes, id] };
}

/** Drops what no longer exists in the graph. */
export function pruneSelection(selection: Selection, graph: GraphDocument): Selection {
  const nodes = selection.nodes.filter((id) => nodeOf(graph, id) !== undefined);
  const { link } = selection;
  const isLinkKept = link !== undefined && linkInto(graph, link) !== undefined;
  if (nodes.length === selection.nodes.length && isLinkKept === (link !== undefined)) {
    return selection;
  }
  return isLinkKept ? { nodes, link } : { nodes };
}
