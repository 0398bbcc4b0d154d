import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { BatchItem, PreparedItem } from "@insightgraph/engine/batches";
import type { NodeCatalogue } from "@insightgraph/engine/graph";
import type { Preview } from "@insightgraph/engine/node";
import type { RunEvent } from "@insightgraph/engine/protocol";
import { fileNameOf, withOutput } from "../output-writers.ts";
import type { AblationItem } from "./ablation-item.ts";
import type { Cell } from "./cell.ts";
import { type CellOutputs, scoresOf } from "./cell-outputs.ts";
import { type CellResult, toJson } from "./cell-result.ts";

/** A cell with the digest of all that its results depend on besides the item. */
export interface FingerprintedCell extends Cell {
  readonly fingerprint: string;
}

/** What the cells give, and where their pictures go. */
export interface CellPlaces {
  readonly catalogue: NodeCatalogue;
  readonly outputs: CellOutputs;
  /** Folder for the pictures. */
  readonly folder: string;
}

/** A cell and an item. */
export interface CellRun extends BatchItem {
  readonly cell: FingerprintedCell;
  readonly item: AblationItem;
}

/** What is learnt from a run's events. */
function createTally() {
  const previews = new Map<string, Preview>();
  let [executed, reused] = [0, 0];
  return {
    previews,
    counts: () => ({ executed, reused }),
    add(event: RunEvent): void {
      if (event.type !== "node-finished") return;
      if (event.cached) reused += 1;
      else executed += 1;
      for (const [output, preview] of Object.entries(event.previews)) {
        previews.set(`${event.nodeId} ${output}`, preview);
      }
    },
  };
}

/** Where a picture of a cell's run for an item lies, from the ablation's folder. */
export function picturePlace(item: string, cell: string, output: string): string {
  return path.join("pictures", ...[item, cell].map(fileNameOf), `${fileNameOf(output)}.png`);
}

/** Prepares the run of a cell for an item. */
export async function prepareCell(
  { cell, item }: CellRun,
  { catalogue, folder, outputs }: CellPlaces,
): Promise<PreparedItem> {
  const bound = await item.bind(cell.graph, catalogue);
  await mkdir(path.dirname(path.join(folder, picturePlace(item.key, cell.name, ""))), {
    recursive: true,
  });
  const pictures = Object.fromEntries(
    outputs.pictures
      .filter((name) => cell.graph.outputs?.[name] !== undefined)
      .map((name) => [name, picturePlace(item.key, cell.name, name)]),
  );
  const graph = Object.entries(pictures).reduce(
    (written, [name, file]) =>
      withOutput(written, catalogue, `${name}=${path.join(folder, file)}`, true),
    bound,
  );
  const tally = createTally();
  return {
    request: { graph },
    onEvent: tally.add,
    async collect() {
      const scores = scoresOf(bound, catalogue, outputs.metrics, tally.previews);
      const result: CellResult = { scores, pictures, ...tally.counts() };
      return { result: toJson(result) };
    },
  };
}
