import { mkdir } from "node:fs/promises";
import path from "node:path";
import { type ItemReport, openSqliteBatchStore } from "@insightgraph/engine/batches";
import { toSentence } from "@insightgraph/engine/errors";
import type { GraphDocument, NodeCatalogue } from "@insightgraph/engine/graph";
import type { ExecutionHost } from "@insightgraph/engine/host";
import type { Device } from "@insightgraph/engine/node";
import { codeDigest } from "../../code-digest.ts";
import type { Workers } from "../../dataset/tasks/run-tasks.ts";
import { usageError } from "../../parse-arguments.ts";
import type { AblationItem } from "../ablation-item.ts";
import { type CellOutcome, reportOf, rowsOf, type ScoredItems } from "../ablation-report.ts";
import type { Cell } from "../cell.ts";
import { fromJson } from "../cell-result.ts";
import { openItems } from "../open-items.ts";
import { planAblation } from "../plan-cells.ts";
import { type CellRuns, keyOf, runCells } from "../run-cells.ts";
import { prepareCells } from "../score-cells.ts";
import { stateFile, writeReport } from "../write-report.ts";
import { requireReach } from "./find-workers.ts";
import type { KeptAblation } from "./kept-ablation.ts";
import { runUntilWorkers } from "./run-until-workers.ts";

/** What running an ablation takes. */
export interface KeptRun {
  readonly kept: KeptAblation;
  readonly host: ExecutionHost;
  readonly device: Device;
  /** Where relative paths of its graph start. */
  readonly origin: string;
  /** For its results and pictures. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Who computes its cells in place of the host, where somebody is there. @default nobody ever is */
  findWorkers?(
    graphs: readonly GraphDocument[],
    catalogue: NodeCatalogue,
  ): Promise<Workers | undefined>;
  /** Throws: where a file lies out of reach. */
  mayRead(place: string): Promise<void>;
  /** Called with what there is so far, whenever that changes. */
  report(scored: ScoredItems): void;
}

/** The outcomes so far, by item and cell. */
function createOutcomes(cells: readonly Cell[], items: readonly AblationItem[]) {
  const places = new Map(
    items.flatMap((item, row) => cells.map((cell, at) => [keyOf(cell, item), [row, at]] as const)),
  );
  const rows = items.map(({ key }) => ({ key, outcomes: cells.map((): CellOutcome => ({})) }));
  const put = (key: string, outcome: CellOutcome): void => {
    const [row = -1, at = -1] = places.get(key) ?? [];
    const outcomes = rows[row]?.outcomes;
    if (outcomes !== undefined) outcomes[at] = outcome;
  };
  return {
    rows,
    add(report: ItemReport): boolean {
      if (report.type === "item-done") put(report.key, { result: fromJson(report.result.result) });
      else if (report.type === "item-failed") {
        put(report.key, { failure: toSentence(report.error) });
      } else return false;
      return true;
    },
  };
}

/** Runs what is left of an ablation and writes its tables. Throws: what reading its source and `runBatch` throw. */
export async function runKept(run: KeptRun): Promise<void> {
  const { kept, host, device, origin, folder, signal } = run;
  const { graph, source, count, retriesFailed = false } = kept;
  await mkdir(folder, { recursive: true });
  const given = { source, count, inputs: [] };
  const items = await openItems(graph, given, folder);
  const { catalogue } = await host.facts();
  const asked = { items: items.length, isConfirmed: true };
  const planned = planAblation(graph, catalogue, asked);
  if (planned.issues !== undefined) {
    const [issue] = planned.issues;
    throw usageError(issue?.what ?? "the graph has issues", issue?.hint ?? "Validate it.");
  }
  const store = await openSqliteBatchStore(path.join(folder, stateFile));
  try {
    const { cells } = planned;
    const prepared = await prepareCells({ cells, device, origin, host });
    const manifest = {
      ...{ cells, folder: origin, ...given, count: items.length },
      ...{ code: await codeDigest(), device: `${device.provider} ${device.precision}` },
    };
    const about = {
      title: kept.name,
      variants: cells.map(({ name }) => name),
      metrics: prepared.outputs.metrics,
      manifest,
    };
    const outcomes = createOutcomes(cells, items);
    for (const [at, row] of (await rowsOf(store, prepared.cells, items)).entries()) {
      outcomes.rows[at]?.outcomes.splice(0, cells.length, ...row.outcomes);
    }
    const tell = (): void => run.report({ ...about, items: outcomes.rows });
    tell();
    const runs: CellRuns = {
      ...{ ...prepared, items, host, store, folder, retriesFailed, signal },
      report: (report) => void (outcomes.add(report) && tell()),
    };
    const graphs = cells.map(({ graph }) => graph);
    const find = async () => run.findWorkers?.(graphs, catalogue);
    const workers = (await find()) ?? (await runUntilWorkers(runs, find));
    if (workers !== undefined && !signal.aborted) {
      for (const graph of graphs) await requireReach(graph, catalogue, origin, run.mayRead);
      await runCells({ ...runs, workers: { workers, title: kept.name, from: origin } });
    }
    await writeReport(reportOf({ ...about, items: outcomes.rows }), folder);
  } finally {
    await store.close();
  }
}
