import type { NodeEvent } from "../../protocol/run-event.ts";

/** Passes on the events of a run in order, several at a time. */
export interface EventGatherer {
  add(event: NodeEvent): void;
  /** Passes on what waits. */
  flush(): void;
}

/**
 * Gathers the events of a run. Only the end of a node waits, for the next event or until the process turns to something
 * else: whatever a node does next, such as ending the process, is told after everything that came before it.
 */
export function gatherEvents(send: (events: readonly NodeEvent[]) => void): EventGatherer {
  let waiting: NodeEvent[] = [];
  const flush = (): void => {
    if (waiting.length === 0) return;
    const events = waiting;
    waiting = [];
    send(events);
  };
  return {
    flush,
    add(event) {
      if (waiting.length === 0) process.nextTick(flush);
      waiting.push(event);
      const isEnd = event.type === "node-finished";
      const isNearEnd = event.type === "node-progressed" && event.done === event.total;
      if (!isEnd && !isNearEnd) flush();
    },
  };
}
