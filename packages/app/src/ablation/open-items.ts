import type { GraphDocument } from "@insightgraph/engine/graph";
import { openGiven } from "../dataset/dataset-options.ts";
import type { AblationItem } from "./ablation-item.ts";
import { datasetItems } from "./dataset-items.ts";
import { heldOutItems } from "./held-out-items.ts";

/** The source that needs nothing added. */
export const heldOutSource = "held-out";

/** Where items come from. */
export interface ItemSource {
  /** `held-out`, or the place of a data set. */
  readonly source: string;
  readonly count: number;
  readonly inputs: readonly (readonly [input: string, field: string])[];
}

/**
 * The items of a source.
 * @param folder Of the ablation; pictures that no file holds are written there.
 * Throws: `command.usage`, and what opening a data set throws.
 */
export async function openItems(
  graph: GraphDocument,
  { source, count, inputs }: ItemSource,
  folder: string,
): Promise<readonly AblationItem[]> {
  if (source === heldOutSource) return heldOutItems(count);
  const dataset = await openGiven(source, undefined);
  return datasetItems(graph, { dataset, count, inputs, folder });
}
