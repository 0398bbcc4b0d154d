import { setTimeout } from "node:timers/promises";
import { toWireError } from "../errors.ts";
import type { SequencedEvent } from "../protocol/run-event.ts";
import type { JobExchange } from "./job-exchange.ts";

/** Shows other servers the jobs that run here. */
export interface EventPublisher {
  /** Something happened in a job. */
  changed(id: string): void;
  close(): void;
}

interface PublisherOptions {
  readonly exchange: JobExchange;
  /** The events so far of a job that runs here; undefined for any other. */
  readonly eventsOf: (id: string) => readonly SequencedEvent[] | undefined;
  readonly log: (text: string) => void;
  /** Time between two messages to the store. @default 200 */
  readonly pauseMs?: number;
}

/** Creates a publisher: what happens during its pause goes out together, the latest of each type for each node. */
export function createEventPublisher({
  exchange,
  eventsOf,
  log,
  pauseMs = 200,
}: PublisherOptions): EventPublisher {
  const changed = new Set<string>();
  const lastSeq = new Map<string, number>();
  let [isClosed, isWorking] = [false, false];
  const publish = async (id: string): Promise<void> => {
    const last = lastSeq.get(id) ?? 0;
    const events = eventsOf(id)?.filter(({ seq }) => seq > last);
    changed.delete(id);
    // Of a job that is over, the store has all events.
    if (events === undefined) lastSeq.delete(id);
    if (events === undefined || events.length === 0) return;
    try {
      await exchange.publish(id, events);
      lastSeq.set(id, events.at(-1)?.seq ?? last);
    } catch (thrown) {
      log(`jobs: other servers do not see ${id}: ${toWireError(thrown).what}`);
      changed.add(id);
    }
  };
  const work = async (): Promise<void> => {
    if (isWorking) return;
    isWorking = true;
    while (changed.size > 0 && !isClosed) {
      for (const id of [...changed]) await publish(id);
      await setTimeout(pauseMs, undefined, { ref: false });
    }
    isWorking = false;
  };
  return {
    changed(id) {
      changed.add(id);
      void work();
    },
    close() {
      isClosed = true;
    },
  };
}
