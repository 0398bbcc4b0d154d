import { setTimeout } from "node:timers/promises";
import { toWireError } from "../errors.ts";
import type { Job } from "./job.ts";
import type { JobExchange } from "./job-exchange.ts";
import type { JobRunner } from "./job-runner.ts";
import type { JobStore } from "./job-store.ts";
import type { ReportLedger } from "./report-ledger.ts";
import { defaultAgainMs } from "./run-job.ts";

interface FollowOptions {
  readonly store: JobStore;
  readonly exchange: JobExchange;
  readonly folder: string;
  readonly runner: JobRunner;
  readonly ledger: ReportLedger;
  /** The order of the list, a mark or the pause changed. */
  readonly onList: () => Promise<void>;
  readonly log: (text: string) => void;
  readonly againMs?: number;
}

/** Follows the jobs that other servers run. */
export interface JobFollower {
  /** A job with its events so far, all of which have been reported. */
  read(id: string): Promise<Job | undefined>;
  close(): void;
}

const maxUnderWay = 1000;

/** Reports what other servers do with the jobs of a store, and does what they ask of this one's. */
export function followJobs(options: FollowOptions): JobFollower {
  const { store, exchange, folder, runner, ledger, onList, log } = options;
  const { againMs = defaultAgainMs } = options;
  const changed = new Set<string>();
  let [hasGap, isListChanged, isWorking, isClosed] = [false, false, false, false];

  const withEvents = async (id: string): Promise<Job | undefined> => {
    const job = await store.get(id);
    if (job?.state !== "running") return job;
    return { ...job, events: await exchange.published(id) };
  };
  const look = async (id: string): Promise<void> => {
    const job = await withEvents(id);
    const isOver = job?.state !== "queued" && job?.state !== "running";
    if (runner.eventsOf(id) !== undefined) {
      if (isOver) runner.cancel(id);
      return;
    }
    if (job === undefined) return;
    ledger.catchUp(job);
    if (job.state === "queued" && job.folder === folder) runner.wake();
  };
  const lookForMissed = async (): Promise<void> => {
    const listed = await store.list({ states: ["queued", "running"], limit: maxUnderWay });
    for (const id of [...ledger.underWay(), ...listed.map(({ id: each }) => each)]) changed.add(id);
    isListChanged = true;
  };
  const step = async (): Promise<void> => {
    if (hasGap) {
      await lookForMissed();
      hasGap = false;
    }
    for (const id of [...changed]) {
      // What happens from now on is another change.
      changed.delete(id);
      await look(id).catch((thrown: unknown) => {
        changed.add(id);
        throw thrown;
      });
    }
    if (!isListChanged) return;
    isListChanged = false;
    await onList();
  };
  const work = async (): Promise<void> => {
    if (isWorking) return;
    isWorking = true;
    while (!isClosed && (hasGap || isListChanged || changed.size > 0)) {
      try {
        await step();
      } catch (thrown) {
        log(`jobs: other servers are not heard: ${toWireError(thrown).what}`);
        hasGap = true;
        await setTimeout(againMs, undefined, { ref: false });
      }
    }
    isWorking = false;
  };
  const stop = exchange.onChange((change) => {
    if (change.type === "job") changed.add(change.id);
    else if (change.type === "list") isListChanged = true;
    else hasGap = true;
    void work();
  });
  return {
    async read(id) {
      const job = await withEvents(id);
      const isFollowed = job?.state === "running" || ledger.isUnderWay(id);
      if (job !== undefined && isFollowed) ledger.catchUp(job);
      return job;
    },
    close() {
      isClosed = true;
      stop();
    },
  };
}
