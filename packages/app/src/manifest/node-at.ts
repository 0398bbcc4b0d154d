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

/** The body inside which a node stands, by the ids of the nodes around it. */
function bodyAt(graph: GraphDocument, within: readonly string[]): GraphBody | undefined {
  let body: GraphBody | undefined = graph;
  for (const id of within) {
    const type: string = entryOf(body?.nodes, id)?.type ?? "";
    body = entryOf(graph.graphs, subgraphName(type) ?? "");
  }
  return body;
}

/** A node by the id that events give it: `blur`, or `sharpen/blur` inside a graph's node. */
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
function givenAt(graph: GraphDocument, within: readonly string[], input: string): Link | undefined {
  return within.length === 0 ? undefined : entryOf(nodeAt(graph, within.join("/"))?.inputs, input);
}

/**
 * The output where a link's value is made: past nodes that pass it on, into and out of nodes that
 * stand for graphs.
 * @param catalogue With the node types that the document's own graphs make.
 * @param within Ids of the nodes around the one that has the link.
 * @returns undefined where nothing flows
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
  const given = input === undefined ? undefined : givenAt(graph, within, input);
  if (given !== undefined) return sourceOf(graph, catalogue, given, outside);
  if (isInput) return undefined;
  const inner = subgraphName(entryOf(body.nodes, live.node)?.type ?? "");
  if (inner === undefined) return { node: [...within, live.node].join("/"), output: live.output };
  const made = entryOf(entryOf(graph.graphs, inner)?.outputs, live.output);
  return made && sourceOf(graph, catalogue, made, [...within, live.node]);
}
