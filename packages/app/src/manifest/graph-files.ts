import path from "node:path";
import {
  entryOf,
  type FileParamSpec,
  type GraphBody,
  type GraphDocument,
  type GraphNode,
  type Json,
  type NodeCatalogue,
} from "@insightgraph/engine/graph";

/** A param of a graph that names a file. */
export interface FileParam {
  /** For a node inside a subgraph, prefixed by the subgraph's name: `sharpen/blur`. */
  readonly nodeId: string;
  readonly name: string;
  readonly purpose: FileParamSpec["purpose"];
  /** The value in the graph, or the default. */
  readonly path: string;
}

function fileSpecs(catalogue: NodeCatalogue, type: string): (readonly [string, FileParamSpec])[] {
  const params = Object.entries(entryOf(catalogue, type)?.params ?? {});
  return params.flatMap(([name, spec]) => (spec.kind === "file" ? [[name, spec] as const] : []));
}

/** File params of a node that have a value of their own; linked ones are skipped. */
function paramsOf(nodeId: string, node: GraphNode, catalogue: NodeCatalogue): FileParam[] {
  return fileSpecs(catalogue, node.type).flatMap(([name, spec]) => {
    const value = entryOf(node.params, name) ?? spec.default;
    const isLinked = entryOf(node.inputs, name) !== undefined;
    if (typeof value !== "string" || value === "" || isLinked) return [];
    return [{ nodeId, name, purpose: spec.purpose, path: value }];
  });
}

function bodiesOf(graph: GraphDocument): (readonly [prefix: string, GraphBody])[] {
  const inner = Object.entries(graph.graphs ?? {});
  return [["", graph], ...inner.map(([name, body]) => [`${name}/`, body] as const)];
}

/** All file params of a document that are not linked, including those of its subgraphs. */
export function fileParams(graph: GraphDocument, catalogue: NodeCatalogue): readonly FileParam[] {
  return bodiesOf(graph).flatMap(([prefix, { nodes }]) =>
    Object.entries(nodes).flatMap(([id, node]) => paramsOf(prefix + id, node, catalogue)),
  );
}

type Change = (param: FileParam) => string | undefined;

function mapNodes(
  nodes: GraphBody["nodes"],
  prefix: string,
  catalogue: NodeCatalogue,
  change: Change,
): Record<string, GraphNode> {
  const mapped: Record<string, GraphNode> = { ...nodes };
  for (const [id, node] of Object.entries(nodes)) {
    const params: Record<string, Json> = { ...node.params };
    for (const param of paramsOf(prefix + id, node, catalogue)) {
      const changed = change(param);
      if (changed === undefined) continue;
      params[param.name] = changed;
      mapped[id] = { ...node, params };
    }
  }
  return mapped;
}

/** The graph with the path of each file param changed; undefined leaves a path as it is. */
export function mapFileParams(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  change: Change,
): GraphDocument {
  const nodes = mapNodes(graph.nodes, "", catalogue, change);
  if (graph.graphs === undefined) return { ...graph, nodes };
  const graphs = Object.entries(graph.graphs).map(([name, body]) => {
    const inner = mapNodes(body.nodes, `${name}/`, catalogue, change);
    return [name, { ...body, nodes: inner }] as const;
  });
  return { ...graph, nodes, graphs: Object.fromEntries(graphs) };
}

/** The graph with all nodes that write files muted. */
export function withoutSaving(graph: GraphDocument, catalogue: NodeCatalogue): GraphDocument {
  const mute = (nodes: GraphBody["nodes"]): Record<string, GraphNode> => {
    const entries = Object.entries(nodes).map(([id, node]) => {
      const isSaving = fileSpecs(catalogue, node.type).some(([, spec]) => spec.purpose === "save");
      return [id, isSaving ? { ...node, muted: true } : node] as const;
    });
    return Object.fromEntries(entries);
  };
  const nodes = mute(graph.nodes);
  if (graph.graphs === undefined) return { ...graph, nodes };
  const graphs = Object.entries(graph.graphs).map(([name, body]) => {
    return [name, { ...body, nodes: mute(body.nodes) }] as const;
  });
  return { ...graph, nodes, graphs: Object.fromEntries(graphs) };
}

/** A path relative to a folder, with forward slashes on every system. */
export function pathFrom(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).join("/");
}

/** The graph for another folder, with its relative paths adjusted to the same files. */
export function rebaseGraph(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  from: string,
  to: string,
): GraphDocument {
  return mapFileParams(graph, catalogue, (param) => pathFrom(to, path.resolve(from, param.path)));
}
