import type { ServerMessage } from "../protocol/messages.ts";

type Progress = Extract<ServerMessage, { readonly type: "node-progressed" }>;

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
  send: (message: ServerMessage) => void,
  wait: (ms: number, then: () => void) => () => void,
): ProgressThrottle {
  /** The latest of each node, in the order in which they came. */
  const held = new Map<string, Progress>();
  let giveUp: (() => void) | undefined;

  const flush = (): void => {
    const messages = [...held.values()];
    held.clear();
    for (const message of messages) send(message);
  };
  const pause = (): void => {
    giveUp = wait(intervalMs, () => {
      giveUp = undefined;
      if (held.size === 0) return;
      flush();
      pause();
    });
  };
  const hold = (message: Progress): void => {
    const key = `${message.runId} ${message.nodeId}`;
    // A picture that the latest report lacks is not lost with those in between.
    const preview = message.preview ?? held.get(key)?.preview;
    held.delete(key);
    held.set(key, preview === undefined ? message : { ...message, preview });
  };
  return {
    send(message) {
      if (message.type === "node-progressed" && giveUp !== undefined) {
        hold(message);
        return;
      }
      flush();
      send(message);
      if (message.type === "node-progressed") pause();
    },
    close() {
      giveUp?.();
      held.clear();
    },
  };
}
