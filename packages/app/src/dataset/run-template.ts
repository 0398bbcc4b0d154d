import {
  catalogueFor,
  type GraphDocument,
  type GraphNode,
  type Json,
  type NodeCatalogue,
  resolveLink,
} from "@insightgraph/engine/graph";
import type { RunRequest } from "@insightgraph/engine/host";
import { bindValues } from "./bind-values.ts";
import type { OutputField } from "./output-fields.ts";

const inputMark = "\u0000input ";

function isMarked({ params = {} }: GraphNode): boolean {
  return Object.values(params).some(
    (value) => typeof value === "string" && value.startsWith(inputMark),
  );
}

/** The graph with those of its named outputs that become fields. */
function withFields(graph: GraphDocument, fields: readonly OutputField[]): GraphDocument {
  const names = new Set(fields.map(({ output }) => output));
  const outputs = Object.entries(graph.outputs ?? {}).filter(([name]) => names.has(name));
  return { ...graph, outputs: Object.fromEntries(outputs) };
}

/** Ids of the nodes that give what the named outputs hold. */
function sourcesOf(graph: GraphDocument, catalogue: NodeCatalogue): readonly string[] {
  const known = catalogueFor(graph, catalogue);
  const links = Object.values(graph.outputs ?? {}).map((link) => resolveLink(graph, known, link));
  return [...new Set(links.flatMap((link) => (link === undefined ? [] : [link.node])))];
}

/**
 * Prepares a graph for many runs that differ in nothing but values: types are followed once, not for every item.
 * @param inputs Names of the inputs that get a value each time.
 */
export function createRunTemplate(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  inputs: readonly string[],
  fields: readonly OutputField[],
): (values: Readonly<Record<string, Json>>, keep: string) => RunRequest {
  const marks = inputs.map((name) => [name, { json: inputMark + name }] as const);
  const bound = bindValues(graph, catalogue, Object.fromEntries(marks));
  const template = withFields(bound, fields);
  const marked = Object.entries(template.nodes).filter(([, node]) => isMarked(node));
  const outputs = sourcesOf(template, catalogue);
  return (values, keep) => {
    const fill = (value: Json): Json =>
      typeof value === "string" && value.startsWith(inputMark)
        ? (values[value.slice(inputMark.length)] ?? null)
        : value;
    const filled = marked.map(([id, node]) => {
      const params = Object.entries(node.params ?? {}).map(([name, value]) => [name, fill(value)]);
      return [id, { ...node, params: Object.fromEntries(params) }] as const;
    });
    const nodes = { ...template.nodes, ...Object.fromEntries(filled) };
    return { graph: { ...template, nodes }, outputs, keep, hasPreviews: false };
  };
}
