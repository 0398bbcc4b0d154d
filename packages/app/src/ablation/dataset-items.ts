import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { OpenedDataset } from "@insightgraph/editing/datasets";
import type { GraphDocument, NodeCatalogue } from "@insightgraph/engine/graph";
import { bindValues } from "../dataset/bind-values.ts";
import { inputsFolder, toValues, withOwnFields } from "../dataset/item-runs.ts";
import { planBindings } from "../dataset/plan-bindings.ts";
import { usageError } from "../parse-arguments.ts";
import type { AblationItem } from "./ablation-item.ts";

/** What of a data set is scored, and by which inputs. */
export interface DatasetChoice {
  readonly dataset: OpenedDataset;
  /** Most items. */
  readonly count: number;
  /** `INPUT=FIELD` pairs of the caller. */
  readonly inputs: readonly (readonly [input: string, field: string])[];
  /** Of the ablation. */
  readonly folder: string;
}

/**
 * The first records of a data set, for a graph whose named inputs take their fields.
 * Throws: `command.usage` where no input takes a field, and what reading the data set throws.
 */
export async function datasetItems(
  graph: GraphDocument,
  { dataset, count, inputs, folder }: DatasetChoice,
): Promise<readonly AblationItem[]> {
  const found = [];
  for await (const item of dataset.items()) {
    if (found.push(item) >= count) break;
  }
  const [first] = found;
  if (first === undefined) throw usageError("the data set has no records", "Give another one.");
  const fields = withOwnFields(await first.load(), first.key);
  const bindings = planBindings(graph, Object.keys(fields), inputs);
  await mkdir(path.join(folder, inputsFolder), { recursive: true });
  return found.map(({ key, version, load }): AblationItem => {
    const bind = async (cell: GraphDocument, catalogue: NodeCatalogue): Promise<GraphDocument> => {
      const record = withOwnFields(await load(), key);
      const { values } = await toValues(record, bindings, key, folder);
      const given = Object.entries(values).map(([name, json]) => [name, { json }] as const);
      return bindValues(cell, catalogue, Object.fromEntries(given));
    };
    return { key, version, bind };
  });
}
