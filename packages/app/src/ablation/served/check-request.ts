import { EngineError } from "@insightgraph/engine/errors";
import {
  baselineOf,
  countCells,
  expandAxes,
  type GraphDocument,
  type Issue,
  validateAblation,
  validateGraph,
} from "@insightgraph/engine/graph";
import { mostUnasked } from "../plan-cells.ts";

/** Names of a graph's cells, the baseline first. */
export function namesOf({ ablation }: GraphDocument): readonly string[] {
  if (ablation === undefined) return [];
  const cells = expandAxes(ablation);
  const baseline = baselineOf(ablation, cells);
  return [baseline, ...cells.filter((cell) => cell !== baseline)].map(({ name }) => name);
}

/** What is wrong with a graph to ablate; a graph without variants has an issue, too. */
export function issuesOf(
  graph: GraphDocument,
  catalogue: Parameters<typeof validateGraph>[1],
): readonly Issue[] {
  if (graph.ablation !== undefined) {
    return [...validateGraph(graph, catalogue), ...validateAblation(graph, catalogue)];
  }
  const hint = "Add a variant to one of its nodes.";
  return [{ code: "graph.ablation", what: "the graph has no variants", hint }];
}

/** Throws: `ablation.large` for very many runs that nobody confirmed. */
export function requireConfirmed(graph: GraphDocument, count: number, isConfirmed: boolean): void {
  const cells = graph.ablation === undefined ? 0 : countCells(graph.ablation);
  if (isConfirmed || cells * count <= mostUnasked) return;
  throw new EngineError(
    "ablation.large",
    `${cells} cells on ${count} items are ${cells * count} runs`,
    { hint: 'Lower "count", or set "isConfirmed" if you mean it.' },
  );
}
