import {
  entryOf,
  type GraphDocument,
  type GraphNode,
  type NodeCatalogue,
  withSuffix,
} from "@insightgraph/engine/graph";
import type { Draft } from "immer";

/** The files that a node saves: param -> path. */
function savedFiles(node: GraphNode, catalogue: NodeCatalogue): (readonly [string, string])[] {
  const params = Object.entries(entryOf(catalogue, node.type)?.params ?? {});
  return params.flatMap(([name, spec]) => {
    if (spec.kind !== "file" || spec.purpose !== "save") return [];
    const path = entryOf(node.params, name) ?? spec.default;
    return typeof path === "string" && path !== "" ? [[name, path] as const] : [];
  });
}

/** Numbers the files that a new node saves, where another node of the graph saves them already. */
export function renameSavedFiles(
  node: Draft<GraphNode>,
  graph: GraphDocument,
  catalogue: NodeCatalogue,
): void {
  const others = Object.values(graph.nodes).flatMap((other) => savedFiles(other, catalogue));
  const taken = new Set(others.map(([, path]) => path));
  for (const [name, path] of savedFiles(node, catalogue)) {
    let free = path;
    for (let n = 2; taken.has(free); n++) free = withSuffix(path, `-${n}`);
    if (free !== path) node.params = { ...node.params, [name]: free };
  }
}
