import {
  catalogueFor,
  type GraphDocument,
  type NodeCatalogue,
  resolveTypes,
  sortGraph,
} from "@insightgraph/engine/graph";
import type { Preview } from "@insightgraph/engine/node";
import { sourceOf } from "../manifest/node-at.ts";
import { usageError } from "../parse-arguments.ts";

/** The named outputs of an ablated graph by what they are. */
export interface CellOutputs {
  /** Numbers: the scores. */
  readonly metrics: readonly string[];
  readonly pictures: readonly string[];
}

function namesOf(graph: GraphDocument, catalogue: NodeCatalogue, type: string): readonly string[] {
  const known = catalogueFor(graph, catalogue);
  const { typeOf } = resolveTypes(graph, known, sortGraph(graph).order);
  const found = Object.entries(graph.outputs ?? {}).filter(([, link]) => typeOf(link) === type);
  return found.map(([name]) => name);
}

/** Sorts the named outputs of the cells' graphs. Throws: `command.usage` where none is a number. */
export function outputsOf(graphs: readonly GraphDocument[], catalogue: NodeCatalogue): CellOutputs {
  const ofType = (type: string): readonly string[] => [
    ...new Set(graphs.flatMap((graph) => namesOf(graph, catalogue, type))),
  ];
  const metrics = ofType("number");
  if (metrics.length > 0) return { metrics, pictures: ofType("image") };
  throw usageError(
    "the graph has no named output that is a number",
    "Name the scores of its metric nodes as outputs; each becomes a column.",
  );
}

/** By `node output`. */
export type Previews = ReadonlyMap<string, Preview>;

/** The scores of one run, from the previews of the nodes that gave them; NaN where none did. */
export function scoresOf(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  metrics: readonly string[],
  previews: Previews,
): Readonly<Record<string, number>> {
  const known = catalogueFor(graph, catalogue);
  const scores = metrics.map((name) => {
    const link = graph.outputs?.[name];
    const source = link && sourceOf(graph, known, link);
    const preview = previews.get(`${source?.node} ${source?.output}`);
    return [name, preview?.kind === "text" ? Number(preview.text) : Number.NaN] as const;
  });
  return Object.fromEntries(scores);
}
