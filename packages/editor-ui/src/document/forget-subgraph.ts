import { subgraphName } from "@insightgraph/engine/graph";
import type { GraphDraft } from "./edits.ts";

/**
 * Takes a subgraph that no node runs any more out of the document. Those that were read with its file
 * stay as the document's own, where nodes still run them.
 */
export function forgetSubgraph(draft: GraphDraft, name: string): void {
  const { graphs } = draft;
  if (graphs === undefined || isUsed(draft, name)) return;
  delete graphs[name];
  for (const [inner, graph] of Object.entries(graphs)) {
    if (graph.within !== name) continue;
    if (isUsed(draft, inner)) delete graph.within;
    else delete graphs[inner];
  }
  if (Object.keys(graphs).length === 0) delete draft.graphs;
}

function isUsed(draft: GraphDraft, name: string): boolean {
  return [draft, ...Object.values(draft.graphs ?? {})].some(({ nodes }) =>
    Object.values(nodes).some(({ type }) => subgraphName(type) === name),
  );
}
