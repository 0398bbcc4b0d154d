import {
  entryOf,
  type GraphDocument,
  innermostOf,
  type Link,
  type NodeCatalogue,
} from "@insightgraph/engine/graph";

/** The outputs that could feed a param: of its port type, or lists of it; not the node's own. */
export function feedsFor(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  nodeId: string,
  accepts: string,
): Link[] {
  return Object.entries(graph.nodes).flatMap(([node, { type }]) => {
    if (node === nodeId) return [];
    const outputs = Object.entries(entryOf(catalogue, type)?.outputs ?? {});
    return outputs
      .filter(([, port]) => innermostOf(port.type) === accepts)
      .map(([output]) => ({ node, output }));
  });
}
