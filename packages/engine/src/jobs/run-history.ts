import type { RunEvent, SequencedEvent } from "../protocol/run-event.ts";

/** The events of one run that matter to somebody who was not there. */
export interface RunHistory {
  /** Numbers an event without keeping it. */
  number(event: RunEvent): SequencedEvent;
  /** Numbers an event and keeps it. */
  add(event: RunEvent): SequencedEvent;
  /** In the order in which they happened. */
  events(): readonly SequencedEvent[];
}

/** Of all events with this key, a history keeps the latest. */
export function historyKey(event: RunEvent): string {
  return "nodeId" in event ? `${event.type} ${event.nodeId}` : event.type;
}

/** A picture of a node's progress holds until the next one. */
function withPreview(event: SequencedEvent, before: SequencedEvent | undefined): SequencedEvent {
  if (event.type !== "node-progressed" || before?.type !== "node-progressed") return event;
  return before.preview === undefined ? event : { preview: before.preview, ...event };
}

/**
 * Keeps the latest event of each type for each node: as much for a million steps as for one.
 * @param firstSeq The number before that of the first event.
 */
export function createRunHistory(firstSeq: number): RunHistory {
  // Insertion order is the order of events.
  const latest = new Map<string, SequencedEvent>();
  let seq = firstSeq;
  const number = (event: RunEvent): SequencedEvent => {
    seq += 1;
    return { ...event, seq };
  };
  return {
    number,
    add(event) {
      const key = historyKey(event);
      const before = latest.get(key);
      latest.delete(key);
      const numbered = number(event);
      latest.set(key, withPreview(numbered, before));
      return numbered;
    },
    events: () => [...latest.values()],
  };
}
