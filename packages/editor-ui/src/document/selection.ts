import type { GraphDocument } from "@insightgraph/engine/graph";
import { type InputEnd, linkInto, nodeOf } from "./edits.ts";

/** What the next command acts on: some nodes, or one link (named by the input it ends in). */
export interface Selection {
  /** In the order in which they were selected. */
  readonly nodes: ReadonlySet<string>;
  readonly link?: InputEnd;
}

/** Nothing selected. */
export const emptySelection: Selection = { nodes: new Set() };

/** A selection of these nodes and no others. */
export function selectNodes(nodes: Iterable<string>): Selection {
  return { nodes: new Set(nodes) };
}

/** A selection of one link. */
export function selectLink(link: InputEnd): Selection {
  return { nodes: new Set(), link };
}

/** Adds a node to the selection, or takes it out. */
export function toggleNode(selection: Selection, id: string): Selection {
  const nodes = new Set(selection.nodes);
  if (!nodes.delete(id)) nodes.add(id);
  return { nodes };
}

/** Drops what no longer exists in the graph. */
export function pruneSelection(selection: Selection, graph: GraphDocument): Selection {
  const nodes = [...selection.nodes].filter((id) => nodeOf(graph, id) !== undefined);
  const { link } = selection;
  const isLinkKept = link !== undefined && linkInto(graph, link) !== undefined;
  if (nodes.length === selection.nodes.size && isLinkKept === (link !== undefined)) {
    return selection;
  }
  return isLinkKept ? { ...selectNodes(nodes), link } : selectNodes(nodes);
}
