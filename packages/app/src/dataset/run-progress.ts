import type { ItemReport } from "@insightgraph/engine/batches";
import { toSentence } from "@insightgraph/engine/errors";
import type { Terminal } from "../progress.ts";
import type { KeptResult } from "./item-runs.ts";

/** How often progress is written where it is no terminal. */
const quietMs = 10_000;
const liveMs = 200;

function timeOf(seconds: number): string {
  if (!Number.isFinite(seconds)) return "";
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return `${Math.ceil(seconds)} s left`;
  return minutes < 60
    ? `${minutes} min left`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}

/** What has become of the items of a run so far. */
export interface RunTally {
  done: number;
  failed: number;
  /** Done or failed in an earlier run. */
  settled: number;
  rejected: number;
}

/** Shows how a run gets on. */
export interface RunProgress {
  readonly tally: Readonly<RunTally>;
  /** Counts what a report says. */
  count(report: ItemReport): void;
  /** Counts what a report says, and shows it. */
  show(report: ItemReport): void;
  end(): void;
}

/**
 * Follows a run: how many items, how fast, and how long it still takes.
 * @param total How many items there are, where that is known in time.
 */
export function createRunProgress(
  terminal: Terminal,
  total: Promise<number | undefined>,
  now: () => number,
): RunProgress {
  const tally: RunTally = { done: 0, failed: 0, settled: 0, rejected: 0 };
  const isLive = terminal.isTTY === true;
  const startMs = now();
  let known: number | undefined;
  let writtenMs = startMs;
  total.then(
    (count) => {
      known = count;
    },
    () => {},
  );
  const line = (): string => {
    const { done, failed, settled, rejected } = tally;
    const rate = (done + failed) / Math.max(0.001, (now() - startMs) / 1000);
    const left = known === undefined ? "" : timeOf((known - done - failed - settled) / rate);
    const parts = [
      `${done + settled}${known === undefined ? "" : ` of ${known}`} done`,
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(rejected > 0 ? [`${rejected} rejected`] : []),
      `${rate.toFixed(rate < 10 ? 2 : 0)} a second`,
      ...(left === "" ? [] : [left]),
    ];
    return parts.join(", ");
  };
  const write = (): void => {
    writtenMs = now();
    terminal.write(isLive ? `\r\u001B[K${line()}` : `${line()}\n`);
  };
  const failed = new Set<string>();
  const count = (report: ItemReport): void => {
    if (report.type === "items-settled") tally.settled += report.count;
    if (report.type === "item-failed") failed.add(report.key);
    // An item over which workers died may be given out once more.
    if (report.type === "item-done") failed.delete(report.key);
    tally.failed = failed.size;
    if (report.type !== "item-done") return;
    const { rejected } = report.result.result as unknown as KeptResult;
    tally.done += 1;
    tally.rejected += rejected.length;
  };
  return {
    tally,
    count,
    show(report) {
      count(report);
      if (report.type === "item-failed") {
        if (isLive) terminal.write("\r\u001B[K");
        terminal.write(`${report.key}: ${toSentence(report.error)}\n`);
      }
      if (now() - writtenMs >= (isLive ? liveMs : quietMs)) write();
    },
    end() {
      write();
      if (isLive) terminal.write("\n");
    },
  };
}
