import type { ServerMessage } from "../protocol/messages.ts";
import type { NodeProgressed } from "../protocol/progress-delta.ts";
import type { Outbox } from "./outbox.ts";

/** Messages that are held back for a moment. */
export interface ProgressThrottle {
  send(message: ServerMessage): void;
  /** Sends nothing more. */
  close(): void;
}

/** Time between two reports of the progress of one node. */
const intervalMs = 100;

/**
 * Reports the progress of each node at most ten times a second: of those in between, the latest.
 * Whatever else happens follows what was held back, so that the order stays.
 * @param wait Calls back after a while; returns how to give up.
 */
export function createProgressThrottle(
  outbox: Outbox,
  wait: (ms: number, then: () => void) => () => void,
): ProgressThrottle {
  /** The latest of each node, in the order in which they came. */
  const held = new Map<string, NodeProgressed>();
  let giveUp: (() => void) | undefined;

  const flush = (): void => {
    const reports = [...held.values()];
    held.clear();
    if (reports.length > 0) outbox.sendProgress(reports);
  };
  const pause = (): void => {
    giveUp = wait(intervalMs, () => {
      giveUp = undefined;
      if (held.size === 0) return;
      flush();
      pause();
    });
  };
  const hold = (report: NodeProgressed): void => {
    const key = `${report.runId} ${report.nodeId}`;
    // A picture that the latest report lacks is not lost with those in between.
    const preview = report.preview ?? held.get(key)?.preview;
    held.delete(key);
    held.set(key, preview === undefined ? report : { ...report, preview });
  };
  return {
    send(message) {
      if (message.type === "node-progressed") {
        hold(message);
        if (giveUp !== undefined) return;
        flush();
        pause();
        return;
      }
      flush();
      outbox.send(message);
    },
    close() {
      giveUp?.();
      held.clear();
    },
  };
}
