import type { SequencedEvent } from "../protocol/run-event.ts";

/** Most characters that the events of a job are kept in. */
const maxCharacters = 8 * 1024 * 1024;

function withoutPictures(event: SequencedEvent): SequencedEvent {
  if (event.type === "node-progressed") {
    const { preview: _preview, ...rest } = event;
    return rest;
  }
  return event.type === "node-finished" ? { ...event, previews: {} } : event;
}

/** The events of a job as they are kept: without previews where they would take too much room. */
export function compactEvents(events: readonly SequencedEvent[]): readonly SequencedEvent[] {
  const isSmall = JSON.stringify(events).length <= maxCharacters;
  return isSmall ? events : events.map(withoutPictures);
}
