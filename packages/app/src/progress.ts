import type { HostEvent } from "@insightgraph/engine/process";

export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const BAR = 20;

function bar(done: number, total: number): string {
  const filled = Math.round((BAR * done) / Math.max(total, 1));
  return `${"█".repeat(filled)}${"░".repeat(BAR - filled)} ${done}/${total}`;
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Shows a run on a terminal: a line per finished node, and a bar for those at work. */
export function createProgress(terminal: Terminal): (event: HostEvent) => void {
  const atWork = new Map<string, string>();
  const isLive = terminal.isTTY === true;
  const width = (terminal.columns ?? 80) - 1;

  const clear = (): void => {
    if (isLive) terminal.write("\r\u001B[2K");
  };
  const redraw = (): void => {
    if (!isLive) return;
    const parts = [...atWork].map(([id, state]) => (state === "" ? id : `${id} ${state}`));
    clear();
    terminal.write(parts.join("  ").slice(0, width));
  };
  const line = (text: string): void => {
    clear();
    terminal.write(`${text}\n`);
    redraw();
  };

  return (event) => {
    switch (event.type) {
      case "node-started":
        atWork.set(event.nodeId, "");
        return redraw();
      case "node-progressed":
        atWork.set(event.nodeId, bar(event.done, event.total));
        return redraw();
      case "node-finished":
        atWork.delete(event.nodeId);
        return line(`${event.nodeId}: ${event.cached ? "unchanged" : seconds(event.ms)}`);
      case "node-failed":
        atWork.delete(event.nodeId);
        return line(`${event.nodeId}: failed`);
      case "node-logged":
        return line(`${event.nodeId}: ${event.text}`);
      default:
        atWork.clear();
        return clear();
    }
  };
}
