import path from "node:path";
import type { GraphDocument, GraphNode, Json, NodeCatalogue } from "@insightgraph/engine/graph";
import type { RunRequest } from "@insightgraph/engine/host";
import { isWriter, withOutput } from "../output-writers.ts";
import { bindValues } from "./bind-values.ts";
import { type OutputField, outputFile } from "./output-fields.ts";

const inputMark = "\u0000input ";
const folderMark = path.resolve(path.sep, "\u0000folder") + path.sep;

function isMarked({ params = {} }: GraphNode): boolean {
  return Object.values(params).some(
    (value) =>
      typeof value === "string" && (value.startsWith(inputMark) || value.startsWith(folderMark)),
  );
}

/** What one run fills in. */
export interface RunValues {
  readonly values: Readonly<Record<string, Json>>;
  /** Where the outputs are written. */
  readonly folder: string;
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
): (run: RunValues) => RunRequest {
  const marks = inputs.map((name) => [name, { json: inputMark + name }] as const);
  let template = bindValues(graph, catalogue, Object.fromEntries(marks));
  for (const field of fields) {
    const pair = `${field.output}=${folderMark}${outputFile(field)}`;
    template = withOutput(template, catalogue, pair, false);
  }
  const marked = Object.entries(template.nodes).filter(([, node]) => isMarked(node));
  const outputs = Object.keys(template.nodes).filter(
    (id) => isWriter(id) && template.nodes[id]?.params !== undefined,
  );
  return ({ values, folder }) => {
    const fill = (value: Json): Json => {
      if (typeof value !== "string") return value;
      if (value.startsWith(inputMark)) return values[value.slice(inputMark.length)] ?? null;
      return value.startsWith(folderMark)
        ? path.join(folder, value.slice(folderMark.length))
        : value;
    };
    const filled = marked.map(([id, node]) => {
      const params = Object.entries(node.params ?? {}).map(([name, value]) => [name, fill(value)]);
      return [id, { ...node, params: Object.fromEntries(params) }] as const;
    });
    const nodes = { ...template.nodes, ...Object.fromEntries(filled) };
    return { graph: { ...template, nodes }, outputs, hasPreviews: false };
  };
}
