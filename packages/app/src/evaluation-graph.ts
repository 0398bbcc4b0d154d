import path from "node:path";
import {
  catalogueFor,
  entryOf,
  type GraphDocument,
  isParamInput,
  type Json,
  type NodeCatalogue,
  resolveGraphFiles,
  type Subgraph,
  settingsOf,
} from "@insightgraph/engine/graph";
import { requireNames } from "./edit-graph.ts";
import { loadGraph } from "./load-graph.ts";
import { graphsDir } from "./places.ts";

/** The subgraph of an evaluation that edits, as its one node that uses it is called too. */
const editName = "edit";

const names = { inputs: ["image", "instruction", "seed"], outputs: ["edit"] };

/** A graph without the named inputs that set what a subgraph has no input for. */
function withoutDeadInputs(graph: GraphDocument, { inputs: known = {} }: Subgraph): GraphDocument {
  const inputs = Object.entries(graph.inputs ?? {}).filter(([, input]) => {
    if (!isParamInput(input) || input.node !== editName) return true;
    return Object.hasOwn(known, input.param);
  });
  return { ...graph, inputs: Object.fromEntries(inputs) };
}

/**
 * An evaluation in `graphs/`, with another graph in the place of the one that edits.
 * @param name Its file: "evaluate.json" or "ablate.json".
 * @param file The other graph; it takes image, instruction and seed and gives the output edit.
 * Throws: `command.usage` where the other graph lacks one of those, and what `loadGraph` throws.
 */
export async function loadEvaluation(name: string, file?: string): Promise<GraphDocument> {
  const graph = await loadGraph(path.join(graphsDir, name));
  if (file === undefined) return graph;
  const edit = await loadGraph(file);
  requireNames(edit, file, names);
  const { graphs: _, ...rest } = graph;
  const reference = { ...rest, graphs: { [editName]: { nodes: {}, file: editName } } };
  const replaced = await resolveGraphFiles(reference, () => Promise.resolve(edit));
  const called = entryOf(replaced.graphs, editName);
  return called === undefined ? replaced : withoutDeadInputs(replaced, called);
}

/** The node inside the subgraph that gives the edits; its progress is that of the evaluation. */
export function editedNode({ graphs }: GraphDocument): string {
  const link = entryOf(entryOf(graphs, editName)?.outputs, "edit");
  return `${editName}/${link?.node ?? ""}`;
}

/** The values that a graph's named params have. */
export function settingsIn(graph: GraphDocument, catalogue: NodeCatalogue): Record<string, Json> {
  const known = catalogueFor(graph, catalogue);
  const settings: Record<string, Json> = {};
  for (const [name, input] of Object.entries(graph.inputs ?? {})) {
    if (!isParamInput(input)) continue;
    const node = entryOf(graph.nodes, input.node);
    const spec = entryOf(known, node?.type ?? "");
    const value = node && spec && settingsOf(spec, node)[input.param];
    if (value !== undefined) settings[name] = value;
  }
  return settings;
}
