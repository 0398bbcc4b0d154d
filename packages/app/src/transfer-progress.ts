import type { AddProgress } from "@insightgraph/editing/checkpoints";
import type { Terminal } from "./progress.ts";
import { inUnits } from "./units.ts";

const barWidth = 20;
/** Milliseconds between redraws. */
const redrawMs = 200;

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** A progress display for downloads. */
export interface TransferProgress {
  show(progress: AddProgress): void;
  /** Keeps the line and moves below it. */
  end(): void;
}

/**
 * Shows a download: on a terminal, a bar with rate and time left; elsewhere, a line per finished file.
 * @param now Clock in milliseconds.
 */
export function createTransferProgress(
  terminal: Terminal,
  now: () => number = performance.now.bind(performance),
): TransferProgress {
  const isLive = terminal.isTTY === true;
  const width = (terminal.columns ?? 80) - 1;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let beganAt: number | undefined;

  const line = ({ path, allDone, allTotal, received }: AddProgress, began: number): string => {
    const share = allTotal === 0 ? 1 : allDone / allTotal;
    const filled = Math.round(barWidth * share);
    const bar = `${"█".repeat(filled)}${"░".repeat(barWidth - filled)} ${Math.floor(100 * share)} %`;
    const rate = (1000 * received) / Math.max(now() - began, 1);
    const left = rate > 0 ? `, ${duration((allTotal - allDone) / rate)} left` : "";
    const sizes = `${inUnits(allDone)} of ${inUnits(allTotal)}, ${inUnits(Math.round(rate))}/s${left}`;
    return `${bar} ${sizes}  ${path}`;
  };

  return {
    show(progress) {
      beganAt ??= now();
      const isDone = progress.done === progress.total;
      if (!isLive) {
        if (isDone) terminal.write(`${progress.path}: ${inUnits(progress.total)}\n`);
        return;
      }
      if (!isDone && now() - drawnAt < redrawMs) return;
      drawnAt = now();
      terminal.write(`\r\u001B[2K${line(progress, beganAt).slice(0, width)}`);
    },
    end() {
      if (isLive && beganAt !== undefined) terminal.write("\n");
    },
  };
}
