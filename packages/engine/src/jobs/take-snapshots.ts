import { identityOf, type Job, type JobSnapshot } from "./job.ts";
import type { JobStore } from "./job-store.ts";

const maxOver = 20;
const maxUnderWay = 20;
/** Most characters of all snapshots together: they are one message to a page. */
const maxCharacters = 8 * 1024 * 1024;

function toSnapshot(job: Job): JobSnapshot {
  return { ...identityOf(job), state: job.state, events: job.events };
}

/** The newest jobs as pages show them, oldest first, as many as fit into one message. */
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
    const snapshot = toSnapshot(await get(id));
    room -= JSON.stringify(snapshot).length;
    if (room < 0) break;
    snapshots.push(snapshot);
  }
  return snapshots.reverse();
}
