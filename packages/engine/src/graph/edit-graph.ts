import { EngineError } from "../errors.ts";
import { entryOf } from "./catalogue.ts";
import type { GraphDocument, GraphNode, Json } from "./document.ts";
import { namesHint } from "./nearest-name.ts";

function withNode(
  graph: GraphDocument,
  nodeId: string,
  change: (node: GraphNode) => GraphNode,
): GraphDocument {
  const node = entryOf(graph.nodes, nodeId);
  if (node === undefined) {
    throw new EngineError("graph.unknown-node", `the graph has no node "${nodeId}"`, {
      at: { nodeId },
      hint: namesHint(nodeId, Object.keys(graph.nodes)),
    });
  }
  return { ...graph, nodes: { ...graph.nodes, [nodeId]: change(node) } };
}

/** Sets one param of a node. Throws: `graph.unknown-node`. */
export function setParam(
  graph: GraphDocument,
  nodeId: string,
  name: string,
  value: Json,
): GraphDocument {
  return withNode(graph, nodeId, (node) => ({
    ...node,
    params: { ...node.params, [name]: value },
  }));
}

/** Bypasses one node. Throws: `graph.unknown-node`. */
export function bypassNode(graph: GraphDocument, nodeId: string): GraphDocument {
  return withNode(graph, nodeId, (node) => ({ ...node, bypassed: true }));
}
