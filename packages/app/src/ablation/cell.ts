import type { GraphDocument } from "@insightgraph/engine/graph";

/** A variant, or a combination of several: a graph to score. */
export interface Cell {
  readonly name: string;
  readonly graph: GraphDocument;
}
