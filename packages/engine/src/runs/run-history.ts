import type { RunEvent } from "../protocol/run-event.ts";

/** The events of one run that matter to somebody who was not there. */
export interface RunHistory {
  add(event: RunEvent): void;
  /** In the order in which they happened. */
  events(): readonly RunEvent[];
}

/** A picture of a node's progress holds until the next one. */
function withPreview(event: RunEvent, before: RunEvent | undefined): RunEvent {
  if (event.type !== "node-progressed" || before?.type !== "node-progressed") return event;
  return before.preview === undefined ? event : { preview: before.preview, ...event };
}

/** Keeps the latest event of each type for each node: as much for a million steps as for one. */
export function createRunHistory(): RunHistory {
  // Insertion order is the order of events.
  const latest = new Map<string, RunEvent>();
  return {
    add(event) {
      const key = "nodeId" in event ? `${event.type} ${event.nodeId}` : event.type;
      const before = latest.get(key);
      latest.delete(key);
      latest.set(key, withPreview(event, before));
    },
    events: () => [...latest.values()],
  };
}
