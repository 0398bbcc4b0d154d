import type { SequencedEvent } from "../protocol/run-event.ts";
import { withoutOthers } from "../protocol/without-others.ts";
import { identityOf, type Job, type JobSnapshot } from "./job.ts";
import type { JobStore } from "./job-store.ts";

const maxOver = 20;
const maxUnderWay = 20;
/** Most characters of all snapshots together: they are one message to a page. */
const maxCharacters = 8 * 1024 * 1024;

function toSnapshot(job: Job): JobSnapshot {
  return { ...identityOf(job), state: job.state, events: job.events };
}

/** A snapshot with the first picture of each list alone. */
function withoutLists({ events, ...about }: JobSnapshot): JobSnapshot {
  return { ...about, events: events.map(firstPictures) };
}

function firstPictures(event: SequencedEvent): SequencedEvent {
  if (event.type !== "node-finished") return event;
  const previews = Object.entries(event.previews).map(([name, preview]) => [
    name,
    withoutOthers(preview),
  ]);
  return { ...event, previews: Object.fromEntries(previews) };
}

/**
 * The newest jobs as pages show them, oldest first, as many as fit into one message. Lists of pictures give way first: where
 * they do not fit, the first of each stands for them.
 */
export async function takeSnapshots(
  store: Pick<JobStore, "list">,
  get: (id: string) => Promise<Job>,
): Promise<readonly JobSnapshot[]> {
  const underWay = await store.list({ states: ["running", "queued"], limit: maxUnderWay });
  const over = await store.list({
    states: ["done", "failed", "cancelled", "interrupted"],
    limit: maxOver,
  });
  const snapshots: JobSnapshot[] = [];
  let room = maxCharacters;
  for (const { id } of [...underWay, ...over]) {
    const whole = toSnapshot(await get(id));
    const fitting = [whole, withoutLists(whole)]
      .map((snapshot) => ({ snapshot, length: JSON.stringify(snapshot).length }))
      .find(({ length }) => length <= room);
    if (fitting === undefined) break;
    room -= fitting.length;
    snapshots.push(fitting.snapshot);
  }
  return snapshots.reverse();
}
