import { toSentence } from "@insightgraph/engine/errors";
import type { RunEvent } from "@insightgraph/engine/protocol";

/** Where progress is written: a terminal, or a file in its place. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

const barWidth = 20;
/** Moves up a line and clears it. */
const up = "\u001B[1A\u001B[2K";

interface Progress {
  readonly done: number;
  readonly total: number;
}

function bar({ done, total }: Progress): string {
  const filled = Math.min(barWidth, Math.round((barWidth * done) / Math.max(total, 1)));
  return `${"█".repeat(filled)}${"░".repeat(barWidth - filled)} ${done}/${total}`;
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Shows a run: a line per finished node and, on a terminal, a bar per running node. */
export function createProgress(terminal: Terminal): (event: RunEvent) => void {
  /** Progress of each running node; undefined until it is reported. */
  const atWork = new Map<string, Progress | undefined>();
  const isLive = terminal.isTTY === true;
  let drawn = 0;

  const clear = (): string => {
    const cleared = up.repeat(drawn);
    drawn = 0;
    return cleared;
  };
  const draw = (): string => {
    if (!isLive) return "";
    // Terminals of unknown size report 0.
    const room = Math.max(1, (terminal.rows || 24) - 2);
    const width = Math.max(1, (terminal.columns || 80) - 1);
    const lines = [...atWork].slice(0, room).map(([id, state]) => {
      const line = state === undefined ? `  ${id}` : `  ${id} ${bar(state)}`;
      return `${line.slice(0, width)}\n`;
    });
    drawn = lines.length;
    return lines.join("");
  };
  const show = (line?: string): void => {
    const text = clear() + (line === undefined ? "" : `${line}\n`) + draw();
    if (text !== "") terminal.write(text);
  };

  return (event) => {
    switch (event.type) {
      case "node-started":
        atWork.set(event.nodeId, undefined);
        return show();
      case "node-progressed":
        // A report with a preview may arrive after a later one.
        if (event.done < (atWork.get(event.nodeId)?.done ?? 0)) return undefined;
        atWork.set(event.nodeId, event);
        return show();
      case "node-finished":
        atWork.delete(event.nodeId);
        return show(`${event.nodeId}: ${event.cached ? "unchanged" : seconds(event.ms)}`);
      case "node-failed":
        atWork.delete(event.nodeId);
        return show(`${event.nodeId}: failed`);
      case "node-logged":
        return show(`${event.nodeId}: ${event.text}`);
      case "run-finished":
        atWork.clear();
        return show(event.warning && toSentence(event.warning));
      case "run-failed":
      case "run-cancelled":
        atWork.clear();
        return show();
      default:
        return undefined;
    }
  };
}
