import type { JobState } from "../protocol/job-summary.ts";
import type { SequencedEvent } from "../protocol/run-event.ts";
import type { JobQueue } from "./job-queue.ts";

/** What happened in a job since a client last asked. */
export interface NewEvents {
  readonly state: JobState;
  readonly events: readonly SequencedEvent[];
}

/**
 * The events of a job after the last one that a client saw: the latest of each type for each node.
 * @param waitMs How long to wait for one, if there is none yet and the job is not over.
 * Throws: `jobs.unknown`.
 */
export async function waitForEvents(
  queue: Pick<JobQueue, "get" | "subscribe">,
  id: string,
  after: number,
  waitMs: number,
): Promise<NewEvents> {
  const read = async (): Promise<NewEvents> => {
    const { state, events } = await queue.get(id);
    return { state, events: events.filter(({ seq }) => seq > after) };
  };
  let wake = (): void => {};
  const something = new Promise<void>((resolve) => {
    wake = resolve;
  });
  // Subscribed before the first look, so that nothing happens in between.
  const unsubscribe = queue.subscribe(
    (report) => "runId" in report && report.runId === id && wake(),
  );
  const timer = setTimeout(wake, waitMs);
  try {
    const first = await read();
    const isUnderWay = first.state === "queued" || first.state === "running";
    if (first.events.length > 0 || !isUnderWay) return first;
    await something;
    return await read();
  } finally {
    clearTimeout(timer);
    unsubscribe();
  }
}
