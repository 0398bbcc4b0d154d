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
  /** By node: the latest that is held back, if any. */
  const pausing = new Map<string, Progress | undefined>();
  const giveUps = new Map<string, () => void>();
  let isClosed = false;

  const flush = (): void => {
    for (const [key, held] of pausing) {
      if (held === undefined) continue;
      pausing.set(key, undefined);
      send(held);
    }
  };
  const pause = (key: string): void => {
    giveUps.set(
      key,
      wait(intervalMs, () => {
        const held = pausing.get(key);
        pausing.delete(key);
        giveUps.delete(key);
        if (held === undefined || isClosed) return;
        send(held);
        pausing.set(key, undefined);
        pause(key);
      }),
    );
  };
  return {
    send(message) {
      if (message.type !== "node-progressed") {
        flush();
        send(message);
        return;
      }
      const key = `${message.runId} ${message.nodeId}`;
      if (pausing.has(key)) {
        // A picture that the latest report lacks is not lost with those in between.
        const preview = message.preview ?? pausing.get(key)?.preview;
        pausing.set(key, preview === undefined ? message : { ...message, preview });
        return;
      }
      send(message);
      pausing.set(key, undefined);
      pause(key);
    },
    close() {
      isClosed = true;
      for (const giveUp of giveUps.values()) giveUp();
    },
  };
}
