import { mkdir } from "node:fs/promises";
import path from "node:path";
import {
  type BatchItem,
  type BatchStore,
  type ItemReport,
  type PreparedItem,
  runBatch,
} from "@insightgraph/engine/batches";
import type { NodeCatalogue } from "@insightgraph/engine/graph";
import type { ExecutionHost } from "@insightgraph/engine/host";
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

/** What to run, and where. */
export interface CellRuns {
  readonly cells: readonly FingerprintedCell[];
  readonly items: readonly AblationItem[];
  readonly outputs: CellOutputs;
  readonly catalogue: NodeCatalogue;
  readonly host: Pick<ExecutionHost, "run">;
  readonly store: BatchStore;
  /** Folder for the pictures. */
  readonly folder: string;
  readonly retriesFailed: boolean;
  readonly signal: AbortSignal;
  report(report: ItemReport): void;
}

interface CellRun extends BatchItem {
  readonly cell: FingerprintedCell;
  readonly item: AblationItem;
}

/** The key under which a cell's result for an item is kept. */
export function keyOf(cell: Cell, item: AblationItem): string {
  return JSON.stringify([item.key, cell.name]);
}

/** What a cell's result for an item depends on. */
export function fingerprintOfRun(cell: FingerprintedCell, item: AblationItem): string {
  return `${cell.fingerprint} ${item.version}`;
}

/** Every cell for the first item, then for the second: what cells share is still in memory. */
async function* runsOf({ cells, items }: CellRuns): AsyncGenerator<CellRun> {
  for (const item of items) {
    for (const cell of cells) {
      const fingerprint = fingerprintOfRun(cell, item);
      yield { key: keyOf(cell, item), fingerprint, cell, item };
    }
  }
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

async function prepare({ cell, item }: CellRun, runs: CellRuns): Promise<PreparedItem> {
  const { catalogue, folder, outputs } = runs;
  const bound = await item.bind(cell.graph, catalogue);
  const place = path.join("pictures", fileNameOf(item.key), fileNameOf(cell.name));
  await mkdir(path.join(folder, place), { recursive: true });
  const pictures = Object.fromEntries(
    outputs.pictures
      .filter((name) => cell.graph.outputs?.[name] !== undefined)
      .map((name) => [name, path.join(place, `${fileNameOf(name)}.png`)]),
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

/** Scores every item by every cell, except where the store has the score already. Throws: what `runBatch` throws. */
export async function runCells(runs: CellRuns): Promise<void> {
  const { store, host, retriesFailed, signal, report } = runs;
  await runBatch<CellRun>({
    store,
    hosts: [host],
    items: runsOf(runs),
    prepare: (run) => prepare(run, runs),
    retriesFailed,
    signal,
    report,
    now: Date.now,
  });
}
