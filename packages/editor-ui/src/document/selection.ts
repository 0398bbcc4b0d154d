import type { GraphDocument } from "@insightgraph/engine/graph";
import { type InputEnd, linkInto, nodeOf } from "./edits.ts";
import { type MarkName, markOf } from "./marks.ts";

/** What the next action acts on: some nodes, or one link (named by the input it ends in), or one mark. */
export interface Selection {
  /** In the order in which they were selected. */
  readonly nodes: ReadonlySet<string>;
  readonly link?: InputEnd;
  readonly mark?: MarkName;
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

/** A selection of one frame or note. */
export function selectMark({ kind, id }: MarkName): Selection {
  return { nodes: new Set(), mark: { kind, id } };
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
  const { link, mark } = selection;
  if (mark !== undefined) return markOf(graph, mark) === undefined ? emptySelection : selection;
  const isLinkKept = link !== undefined && linkInto(graph, link) !== undefined;
  if (nodes.length === selection.nodes.size && isLinkKept === (link !== undefined)) {
    return selection;
  }
  return isLinkKept ? { ...selectNodes(nodes), link } : selectNodes(nodes);
}
