import path from "node:path";
import {
  entryOf,
  type FileParamSpec,
  type GraphDocument,
  type GraphNode,
  type Json,
  type NodeCatalogue,
} from "@insightgraph/engine/graph";

/** A param of a graph that names a file. */
export interface FileParam {
  readonly nodeId: string;
  readonly name: string;
  readonly purpose: FileParamSpec["purpose"];
  /** As it stands in the graph, or its default. */
  readonly path: string;
}

function fileSpecs(catalogue: NodeCatalogue, type: string): (readonly [string, FileParamSpec])[] {
  const params = Object.entries(entryOf(catalogue, type)?.params ?? {});
  return params.flatMap(([name, spec]) => (spec.kind === "file" ? [[name, spec] as const] : []));
}

function isLinked(node: GraphNode, name: string): boolean {
  return entryOf(node.inputs, name) !== undefined;
}

/** Every param of a graph that names a file by itself; those fed by a link are not among them. */
export function fileParams(graph: GraphDocument, catalogue: NodeCatalogue): readonly FileParam[] {
  return Object.entries(graph.nodes).flatMap(([nodeId, node]) =>
    fileSpecs(catalogue, node.type).flatMap(([name, spec]) => {
      const value = entryOf(node.params, name) ?? spec.default;
      if (typeof value !== "string" || value === "" || isLinked(node, name)) return [];
      return [{ nodeId, name, purpose: spec.purpose, path: value }];
    }),
  );
}

/** The graph with each file param's path changed; what gives undefined stays as it is. */
export function mapFileParams(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  change: (param: FileParam) => string | undefined,
): GraphDocument {
  const nodes: Record<string, GraphNode> = { ...graph.nodes };
  for (const param of fileParams(graph, catalogue)) {
    const changed = change(param);
    const node = entryOf(nodes, param.nodeId);
    if (changed === undefined || node === undefined) continue;
    const params: Record<string, Json> = { ...node.params, [param.name]: changed };
    nodes[param.nodeId] = { ...node, params };
  }
  return { ...graph, nodes };
}

/** The path as it is written from a folder, with forward slashes on every system. */
export function pathFrom(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).join("/");
}

/** The same graph for another folder: its paths lead to the same files from there. */
export function rebaseGraph(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  from: string,
  to: string,
): GraphDocument {
  return mapFileParams(graph, catalogue, (param) => pathFrom(to, path.resolve(from, param.path)));
}
