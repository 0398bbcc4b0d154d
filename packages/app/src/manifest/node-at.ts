import {
  entryOf,
  type GraphBody,
  type GraphDocument,
  type GraphNode,
  graphInputs,
  isOutputInput,
  type Link,
  type NodeCatalogue,
  resolveLink,
  subgraphName,
} from "@insightgraph/engine/graph";

/** The graph or subgraph that contains a node, by the ids of its outer nodes. */
function bodyAt(graph: GraphDocument, within: readonly string[]): GraphBody | undefined {
  let body: GraphBody | undefined = graph;
  for (const id of within) {
    const type: string = entryOf(body?.nodes, id)?.type ?? "";
    body = entryOf(graph.graphs, subgraphName(type) ?? "");
  }
  return body;
}

/** A node by its id in events: `blur`, or `sharpen/blur` inside a subgraph node. */
export function nodeAt(graph: GraphDocument, nodeId: string): GraphNode | undefined {
  const within = nodeId.split("/");
  const id = within.pop() ?? "";
  return entryOf(bodyAt(graph, within)?.nodes, id);
}

/** The input of a graph whose value replaces what a link brings. */
function replacingInput({ inputs = {} }: GraphBody, { node, output }: Link): string | undefined {
  const found = Object.entries(inputs).find(
    ([, input]) => isOutputInput(input) && input.node === node && input.output === output,
  );
  return found?.[0];
}

/** What is connected, outside, to an input of the graph that the node around runs. */
function linkAt(graph: GraphDocument, within: readonly string[], input: string): Link | undefined {
  return within.length === 0 ? undefined : entryOf(nodeAt(graph, within.join("/"))?.inputs, input);
}

/**
 * The output that computes a link's value: follows bypassed nodes, and goes into and out of subgraph
 * nodes.
 * @param catalogue Includes the node types of the document's subgraphs.
 * @param within Ids of the outer nodes of the link.
 * @returns undefined if the link carries no value
 */
export function sourceOf(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  link: Link,
  within: readonly string[] = [],
): Link | undefined {
  const body = bodyAt(graph, within);
  const live = body && resolveLink(body, catalogue, link);
  if (body === undefined || live === undefined) return undefined;
  const outside = within.slice(0, -1);
  const isInput = live.node === graphInputs;
  const input = isInput ? live.output : replacingInput(body, live);
  const outer = input === undefined ? undefined : linkAt(graph, within, input);
  if (outer !== undefined) return sourceOf(graph, catalogue, outer, outside);
  if (isInput) return undefined;
  const inner = subgraphName(entryOf(body.nodes, live.node)?.type ?? "");
  if (inner === undefined) return { node: [...within, live.node].join("/"), output: live.output };
  const output = entryOf(entryOf(graph.graphs, inner)?.outputs, live.output);
  return output && sourceOf(graph, catalogue, output, [...within, live.node]);
}
