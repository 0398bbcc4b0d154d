import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { stderr, stdout } from "node:process";
import { openSqliteBatchStore } from "@insightgraph/engine/batches";
import type { ExecutionHost } from "@insightgraph/engine/host";
import type { Device } from "@insightgraph/engine/node";
import { codeDigest } from "../code-digest.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ItemRow, ScoredItems } from "./ablation-report.ts";
import { openItems } from "./open-items.ts";
import { parseReport } from "./parse-report.ts";
import { scoreCells } from "./score-cells.ts";

/** A line for each score that is not what it was. */
function changesOf(report: ScoredItems, rows: readonly ItemRow[]): readonly string[] {
  return report.items.flatMap(({ key, outcomes }, at) =>
    outcomes.flatMap((before, cell) =>
      report.metrics.flatMap((metric) => {
        const now = rows[at]?.outcomes[cell]?.result?.scores[metric] ?? Number.NaN;
        const then = before.result?.scores[metric] ?? Number.NaN;
        const place = `${report.variants[cell]}, ${key}, ${metric}`;
        return Object.is(now, then) ? [] : [`${place}: ${then} then, ${now} now`];
      }),
    ),
  );
}

/** How an ablation is run again. */
export interface AblationReplay {
  readonly host: ExecutionHost;
  readonly device: Device;
  readonly isJson: boolean;
  readonly signal: AbortSignal;
}

/** Runs the ablation of a report again and compares every score. @returns the exit code. Throws: manifest.shape, and what scoring throws. */
export async function replayAblation(
  text: string,
  { host, device, isJson, signal }: AblationReplay,
): Promise<number> {
  const report = parseReport(text);
  const { cells, folder: origin, code, ...source } = report.manifest;
  const [first] = cells;
  if (first === undefined) return exitCodes.invalid;
  const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-replay-"));
  const store = await openSqliteBatchStore(":memory:");
  try {
    const items = await openItems(first.graph, source, folder);
    const scoring = { cells, items, host, device, store, origin, folder, signal };
    const { rows } = await scoreCells({ ...scoring, retriesFailed: false, report: () => {} });
    if (signal.aborted) return exitCodes.interrupted;
    if (code !== (await codeDigest())) stderr.write("note: the code differs\n");
    const changes = changesOf(report, rows);
    const scores = cells.length * items.length * report.metrics.length;
    if (isJson) stdout.write(`${JSON.stringify({ scores, changes }, null, 2)}\n`);
    else {
      for (const change of changes) stdout.write(`${change}\n`);
      stdout.write(`${scores - changes.length} of ${scores} scores are the same\n`);
    }
    return changes.length === 0 ? exitCodes.done : exitCodes.failed;
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}
