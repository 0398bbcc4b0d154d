import { entryOf, formerTypes, type NodeCatalogue } from "./catalogue.ts";
import type { GraphDocument } from "./document.ts";
import { nodesOf } from "./wiring.ts";

/** Whether no node, subgraphs included, has an older version or a former type. */
export function isUpToDate(graph: GraphDocument, catalogue: NodeCatalogue): boolean {
  const former = formerTypes(catalogue);
  const bodies = [graph, ...Object.values(graph.graphs ?? {})];
  return bodies.every((body) =>
    nodesOf(body).every(({ node }) => {
      const spec = entryOf(catalogue, node.type);
      return spec === undefined ? !former.has(node.type) : node.version >= spec.version;
    }),
  );
}
