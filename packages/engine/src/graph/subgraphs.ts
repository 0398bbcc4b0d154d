import {
  entryOf,
  type NodeCatalogue,
  type NodeTypeSpec,
  type ParamSpec,
  type PortSpec,
} from "./catalogue.ts";
import {
  type GraphBody,
  type GraphDocument,
  isParamInput,
  isPortInput,
  type Link,
  type Subgraph,
} from "./document.ts";
import { isOff, resolveLink } from "./resolve-link.ts";
import { resolveTypes } from "./resolve-types.ts";
import { sortGraph } from "./sort-graph.ts";
import { nodesOf, type WiredNode } from "./wiring.ts";

const prefix = "graph:";

/** The node type of a document's subgraph: `graph:NAME`. */
export function subgraphType(name: string): string {
  return prefix + name;
}

/** The name of the subgraph that a node type runs; undefined for other node types. */
export function subgraphName(type: string): string | undefined {
  return type.startsWith(prefix) ? type.slice(prefix.length) : undefined;
}

/** The subgraphs that nodes use directly, each once. */
export function usedSubgraphs(nodes: readonly WiredNode[]): string[] {
  const names = nodes.map(({ node }) => subgraphName(node.type));
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** A document's subgraphs by use. */
export interface SortedSubgraphs {
  /** Each subgraph after those that it uses; subgraphs in or after a cycle are missing. */
  readonly order: readonly string[];
  readonly cycles: readonly (readonly string[])[];
}

/** Orders a document's subgraphs by use. */
export function sortSubgraphs({ graphs = {} }: GraphDocument): SortedSubgraphs {
  const uses = Object.entries(graphs).map(([name, graph]) => {
    const inputs = usedSubgraphs(nodesOf(graph)).map(
      (node) => [node, { node, output: "" }] as const,
    );
    return [name, { type: name, version: 1, inputs: Object.fromEntries(inputs) }] as const;
  });
  const { order, cycles } = sortGraph({ nodes: Object.fromEntries(uses) });
  return { order: order.map(({ id }) => id), cycles };
}

function paramsOf(graph: GraphBody, catalogue: NodeCatalogue): Record<string, ParamSpec> {
  const params: [string, ParamSpec][] = [];
  for (const [name, input] of Object.entries(graph.inputs ?? {})) {
    if (!isParamInput(input)) continue;
    const node = entryOf(graph.nodes, input.node);
    const spec = entryOf(entryOf(catalogue, node?.type ?? "")?.params, input.param);
    if (spec === undefined) continue;
    const preset = entryOf(node?.params, input.param) ?? spec.default;
    params.push([name, { ...spec, default: preset } as ParamSpec]);
  }
  return Object.fromEntries(params);
}

function isOutput(graph: GraphBody, catalogue: NodeCatalogue): boolean {
  return nodesOf(graph).some(
    ({ node }) => !isOff(node) && entryOf(catalogue, node.type)?.isOutput === true,
  );
}

function specOf(name: string, graph: Subgraph, catalogue: NodeCatalogue): NodeTypeSpec {
  const { typeOf } = resolveTypes(graph, catalogue, sortGraph(graph).order);
  const docOf = ({ node, output }: Link): string => {
    const spec = entryOf(catalogue, entryOf(graph.nodes, node)?.type ?? "");
    return entryOf(spec?.outputs, output)?.doc ?? "";
  };
  // An unbound type variable: the type is unknown, but the port exists.
  const portOf = (link: Link, type: string | undefined): PortSpec => ({
    type: type ?? "T",
    doc: docOf(link),
  });
  const ports = Object.entries(graph.inputs ?? {}).flatMap(([port, input]) => {
    if (isParamInput(input)) return [];
    if (!isPortInput(input)) {
      return [[port, { ...portOf(input, typeOf(input)), optional: true }] as const];
    }
    const { type, doc = "", optional } = input;
    return [[port, { type, doc, ...(optional ? { optional } : {}) }] as const];
  });
  const outputs = Object.entries(graph.outputs ?? {}).flatMap(([output, link]) => {
    const live = resolveLink(graph, catalogue, link);
    const type = live === undefined ? undefined : typeOf(live);
    return [[output, portOf(link, type)] as const];
  });
  return {
    type: subgraphType(name),
    version: 1,
    title: graph.name ?? name,
    doc: graph.doc ?? "",
    category: "graph",
    inputs: Object.fromEntries(ports),
    params: paramsOf(graph, catalogue),
    outputs: Object.fromEntries(outputs),
    ...(isOutput(graph, catalogue) ? { isOutput: true } : {}),
  };
}

/** The catalogue with the node types of the document's own subgraphs. */
export function catalogueFor(document: GraphDocument, catalogue: NodeCatalogue): NodeCatalogue {
  if (document.graphs === undefined) return catalogue;
  const known: Record<string, NodeTypeSpec> = { ...catalogue };
  for (const name of sortSubgraphs(document).order) {
    const graph = entryOf(document.graphs, name);
    if (graph !== undefined) known[subgraphType(name)] = specOf(name, graph, known);
  }
  return known;
}
