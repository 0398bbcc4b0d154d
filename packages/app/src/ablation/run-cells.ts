import { type BatchStore, type ItemReport, runBatch } from "@insightgraph/engine/batches";
import type { ExecutionHost } from "@insightgraph/engine/host";
import { runTasks, type Workers } from "../dataset/tasks/run-tasks.ts";
import type { AblationItem } from "./ablation-item.ts";
import type { Cell } from "./cell.ts";
import { cellKind } from "./cell-tasks.ts";
import {
  type CellPlaces,
  type CellRun,
  type FingerprintedCell,
  prepareCell,
} from "./prepare-cell.ts";

/** What to run, and where. */
export interface CellRuns extends CellPlaces {
  readonly cells: readonly FingerprintedCell[];
  readonly items: readonly AblationItem[];
  readonly host: Pick<ExecutionHost, "run">;
  readonly store: BatchStore;
  readonly retriesFailed: boolean;
  readonly signal: AbortSignal;
  /** Who computes in place of the host. */
  readonly workers?: CellWorkers;
  report(report: ItemReport): void;
}

/** Workers that compute an ablation. */
export interface CellWorkers {
  readonly workers: Workers;
  /** What people see of it. */
  readonly title: string;
  /** Where relative paths of the cells start. */
  readonly from: string;
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

/** Scores every item by every cell, except where the store has the score already. Throws: what `runBatch` throws. */
export async function runCells(runs: CellRuns): Promise<void> {
  const { store, host, retriesFailed, signal, report, workers } = runs;
  const batch = { store, items: runsOf(runs), retriesFailed, signal, report };
  if (workers === undefined) {
    const prepare = (run: CellRun) => prepareCell(run, runs);
    await runBatch<CellRun>({ ...batch, hosts: [host], prepare, now: Date.now });
    return;
  }
  const { catalogue, folder } = runs;
  const kind = cellKind(runs, workers.title, workers.from);
  await runTasks({ ...batch, kind, catalogue, folder, workers: workers.workers });
}
