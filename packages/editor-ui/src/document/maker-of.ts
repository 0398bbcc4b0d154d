import {
  entryOf,
  type GraphDocument,
  graphInputs,
  type Link,
  type Subgraph,
  subgraphName,
} from "@insightgraph/engine/graph";

/** Where a value really comes from: through subgraphs to the node inside, under the id that runs call it by. */
export function sourceOf(document: GraphDocument, link: Link): Link {
  const { node, output } = makerOf(document, link);
  return { node, output };
}

/** Where a value really comes from, and the type of the node there. */
export function makerOf(document: GraphDocument, link: Link): Link & { readonly type: string } {
  const path: string[] = [];
  // A subgraph that contains itself is entered once.
  const seen = new Set<string>();
  let { node, output } = link;
  let nodes: GraphDocument["nodes"] = document.nodes;
  for (;;) {
    const type = entryOf(nodes, node)?.type ?? "";
    const name = subgraphName(type);
    const body: Subgraph | undefined =
      name === undefined || seen.has(name) ? undefined : entryOf(document.graphs, name);
    const exit = entryOf(body?.outputs, output);
    if (
      name === undefined ||
      body === undefined ||
      exit === undefined ||
      exit.node === graphInputs
    ) {
      return { node: [...path, node].join("/"), output, type };
    }
    seen.add(name);
    path.push(node);
    nodes = body.nodes;
    ({ node, output } = exit);
  }
}
