import type { GraphDocument, Link, NodeCatalogue } from "@insightgraph/engine/graph";
import { fittingPorts, whyUnfit } from "./compatibility.ts";
import { connect, type GraphEdit, type InputEnd, linkInto } from "./edits.ts";

/** The ports by which a node comes between the two ends of a link. */
export interface Insertion {
  readonly input: string;
  readonly output: string;
}

/** The node types that fit between the two ends of a link, each with its ports. */
export function findInsertions(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  end: InputEnd,
): ReadonlyMap<string, Insertion> {
  const link = linkInto(graph, end);
  if (link === undefined) return new Map();
  const taking = fittingPorts(graph, catalogue, {
    node: link.node,
    side: "output",
    port: link.output,
  });
  const giving = fittingPorts(graph, catalogue, { node: end.node, side: "input", port: end.input });
  const found = new Map<string, Insertion>();
  for (const [type, [input]] of taking) {
    const [output] = giving.get(type) ?? [];
    if (input !== undefined && output !== undefined) found.set(type, { input, output });
  }
  return found;
}

/** How a node of the graph that has no links would come between the ends of a link; undefined if it does not fit. */
export function findInsertionOf(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  id: string,
  end: InputEnd,
): Insertion | undefined {
  const node = graph.nodes[id];
  const link = linkInto(graph, end);
  if (node === undefined || link === undefined || hasLinks(graph, id)) return undefined;
  const insertion = findInsertions(graph, catalogue, end).get(node.type);
  if (insertion === undefined) return undefined;
  const from = { node: link.node, side: "output", port: link.output } as const;
  const to = { node: id, side: "input", port: insertion.input } as const;
  return whyUnfit(graph, catalogue, from, to) === undefined ? insertion : undefined;
}

function hasLinks(graph: GraphDocument, id: string): boolean {
  const own = graph.nodes[id]?.inputs;
  if (own !== undefined && Object.keys(own).length > 0) return true;
  return Object.values(graph.nodes).some(({ inputs = {} }) =>
    Object.values(inputs).some(({ node }) => node === id),
  );
}

/** Leads a link through a node. */
export function insertNode(id: string, link: Link, end: InputEnd, by: Insertion): GraphEdit {
  return (draft) => {
    connect(link, { node: id, input: by.input })(draft);
    connect({ node: id, output: by.output }, end)(draft);
  };
}
