import type { GraphDocument, NodeCatalogue } from "@insightgraph/engine/graph";

/** One example that every cell is scored on. */
export interface AblationItem {
  /** Names the item, the same one each time. */
  readonly key: string;
  /** Changes where what the item holds changes. */
  readonly version: string;
  /** The graph with the item's values for its named inputs. Throws: why the item cannot be read. */
  bind(graph: GraphDocument, catalogue: NodeCatalogue): Promise<GraphDocument>;
}
