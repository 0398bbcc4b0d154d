import { stderr } from "node:process";
import { openJobQueue, waitForEvents } from "@insightgraph/engine/jobs";
import { openPostgresJobStore } from "@insightgraph/engine/postgres";
import type { JobState } from "@insightgraph/engine/protocol";
import type { ServerClient } from "./server-client.ts";

/** Jobs that are shown and steered, wherever they are kept. */
export type JobsClient = Omit<ServerClient, "catalogue" | "submit">;

const waitMs = 20_000;

/** No device, so nothing of it is asked. */
function noHost(): never {
  throw new TypeError("this process runs no jobs");
}

/**
 * Opens the jobs of a database that servers share, whether one of them runs or not.
 * Throws: `jobs.unavailable`; each call, what the queue throws.
 */
export async function openDatabaseJobs(
  database: string,
): Promise<JobsClient & { close(): Promise<void> }> {
  const store = await openPostgresJobStore(database);
  const queue = await openJobQueue({
    ...{ store, folder: "", devices: [], host: { check: noHost, facts: noHost, run: noHost } },
    log: (text) => void stderr.write(`${text}\n`),
  });
  return {
    async list(states, limit, after) {
      const chosen = states.length === 0 ? {} : { states: states as readonly JobState[] };
      return store.list({ ...chosen, ...(after === undefined ? {} : { after }), limit });
    },
    get: queue.get,
    async retry(id) {
      const retried = await queue.retry(id);
      return "issues" in retried ? retried : { job: retried };
    },
    async cancel(id) {
      await queue.get(id);
      await queue.cancel(id);
    },
    move: queue.move,
    mark: queue.mark,
    remove: queue.remove,
    pause: queue.pause,
    events: (id, after) => waitForEvents(queue, id, after, waitMs),
    async close() {
      queue.close();
      await store.close();
    },
  };
}
