import type { BatchStore, ItemReport } from "@insightgraph/engine/batches";
import type { ExecutionHost } from "@insightgraph/engine/host";
import type { Device } from "@insightgraph/engine/node";
import type { AblationItem } from "./ablation-item.ts";
import { type ItemRow, rowsOf } from "./ablation-report.ts";
import type { Cell } from "./cell.ts";
import { outputsOf } from "./cell-outputs.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { FingerprintedCell } from "./prepare-cell.ts";
import { type CellRuns, type CellWorkers, runCells } from "./run-cells.ts";

/** What to score, and where. */
export interface Scoring {
  readonly cells: readonly Cell[];
  readonly items: readonly AblationItem[];
  readonly host: Pick<ExecutionHost, "facts" | "run">;
  readonly device: Device;
  readonly store: BatchStore;
  /** Where relative paths of the cells start. */
  readonly origin: string;
  /** For the pictures. */
  readonly folder: string;
  readonly retriesFailed: boolean;
  readonly signal: AbortSignal;
  /** Who computes in place of the host. */
  readonly workers?: CellWorkers;
  report(report: ItemReport): void;
}

/** The scores of an ablation. */
export interface Scores {
  readonly metrics: readonly string[];
  readonly rows: readonly ItemRow[];
}

/** Cells that are ready to run. */
export interface PreparedCells extends Pick<CellRuns, "catalogue" | "outputs"> {
  readonly cells: readonly FingerprintedCell[];
}

/** Finds the cells' metrics and what their results depend on. Throws: `command.usage` where none is a number. */
export async function prepareCells({
  cells,
  device,
  origin,
  host,
}: Pick<Scoring, "cells" | "device" | "host" | "origin">): Promise<PreparedCells> {
  const { catalogue } = await host.facts();
  const outputs = outputsOf(
    cells.map(({ graph }) => graph),
    catalogue,
  );
  const surroundings = { catalogue, device, folder: origin };
  const marked = await Promise.all(
    cells.map(async (cell) => ({
      ...cell,
      fingerprint: await fingerprintOf(cell.graph, surroundings),
    })),
  );
  return { cells: marked, outputs, catalogue };
}

/** Scores every item by every cell; what the store holds already is not made again. Throws: what `runBatch` throws. */
export async function scoreCells(scoring: Scoring): Promise<Scores> {
  const { items, store } = scoring;
  const prepared = await prepareCells(scoring);
  await runCells({ ...scoring, ...prepared });
  return { metrics: prepared.outputs.metrics, rows: await rowsOf(store, prepared.cells, items) };
}
