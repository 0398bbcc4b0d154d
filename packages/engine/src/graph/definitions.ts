import { entryOf, type NodeCatalogue, type NodeTypeSpec, type ParamSpec } from "./catalogue.ts";
import {
  type GraphBody,
  type GraphDefinition,
  type GraphDocument,
  isPortInput,
} from "./document.ts";
import { isOff, resolveLink } from "./resolve-link.ts";
import { resolveTypes } from "./resolve-types.ts";
import { sortGraph } from "./sort-graph.ts";
import { nodesOf, type WiredNode } from "./wiring.ts";

const PREFIX = "graph:";

/** The node type that stands for a definition of the document. */
export function definitionType(name: string): string {
  return PREFIX + name;
}

/** The definition that a node type stands for, or undefined for other node types. */
export function definitionName(type: string): string | undefined {
  return type.startsWith(PREFIX) ? type.slice(PREFIX.length) : undefined;
}

/** The definitions that nodes stand for directly, each once. */
export function usedDefinitions(nodes: readonly WiredNode[]): string[] {
  const names = nodes.map(({ node }) => definitionName(node.type));
  return [...new Set(names.filter((name) => name !== undefined))];
}

export interface SortedDefinitions {
  /** Each definition after those that it uses; those in or after a cycle are missing. */
  readonly order: readonly string[];
  readonly cycles: readonly (readonly string[])[];
}

/** Orders a document's definitions by use. */
export function sortDefinitions({ graphs = {} }: GraphDocument): SortedDefinitions {
  const uses = Object.entries(graphs).map(([name, graph]) => {
    const inputs = usedDefinitions(nodesOf(graph)).map(
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
    if (isPortInput(input)) continue;
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

function specOf(name: string, graph: GraphDefinition, catalogue: NodeCatalogue): NodeTypeSpec {
  const ports = Object.entries(graph.inputs ?? {}).flatMap(([port, input]) => {
    if (!isPortInput(input)) return [];
    const { type, doc = "", optional } = input;
    return [[port, { type, doc, ...(optional ? { optional } : {}) }] as const];
  });
  const { typeOf } = resolveTypes(graph, catalogue, sortGraph(graph).order);
  const outputs = Object.entries(graph.outputs ?? {}).flatMap(([output, link]) => {
    const live = resolveLink(graph, catalogue, link);
    const type = live === undefined ? undefined : typeOf(live);
    const spec = entryOf(catalogue, entryOf(graph.nodes, link.node)?.type ?? "");
    const doc = entryOf(spec?.outputs, link.output)?.doc ?? "";
    // A letter that nothing binds: the type is not known, the output is there all the same.
    return [[output, { type: type ?? "T", doc }] as const];
  });
  return {
    type: definitionType(name),
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

/** The catalogue together with the node types that the document's own definitions make. */
export function catalogueFor(document: GraphDocument, catalogue: NodeCatalogue): NodeCatalogue {
  if (document.graphs === undefined) return catalogue;
  const known: Record<string, NodeTypeSpec> = { ...catalogue };
  for (const name of sortDefinitions(document).order) {
    const graph = entryOf(document.graphs, name);
    if (graph !== undefined) known[definitionType(name)] = specOf(name, graph, known);
  }
  return known;
}
