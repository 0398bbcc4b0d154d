import { toWireError } from "../errors.ts";
import type { ExecutionHost } from "../host/execution-host.ts";

import { isEnding, type RunEnding, type SequencedEvent } from "../protocol/run-event.ts";
import { compactEvents } from "./compact-events.ts";
import type { Job, JobEnding, JobReport } from "./job.ts";
import type { JobStore } from "./job-store.ts";
import { createRunHistory, type RunHistory } from "./run-history.ts";
import { createTurns } from "./turns.ts";

/** What jobs are kept in, what they run on, and who learns of it. */
export interface RunnerOptions {
  readonly store: JobStore;
  /** Whose jobs run. */
  readonly folder: string;
  readonly host: Pick<ExecutionHost, "run">;
  /** Receives faults of the store, which nobody waits for. */
  readonly log: (text: string) => void;
  readonly report: (report: JobReport) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Runs the queued jobs of a store, one at a time. */
export interface JobRunner {
  /** Looks for queued jobs. */
  wake(): void;
  /** Asks the running job to end. @returns false if another job runs, or none */
  cancel(id: string): boolean;
  /** The events so far of the running job; undefined for any other. */
  eventsOf(id: string): readonly SequencedEvent[] | undefined;
  /** Starts nothing more, and records nothing of the running job: the next process resumes it. */
  close(): void;
}

/** The job that is running. */
interface LiveJob {
  readonly id: string;
  readonly history: RunHistory;
  isCancelled: boolean;
  cancel(): void;
}

/** How often a job is queued again by itself after a process was killed. */
export const maxResumes = 1;
/** Events of a resumed run are numbered above all of the run before. */
const seqsPerRun = 1e9;
/** Above the numbers of all events that a job can have had. */
export const seqOfCancel: number = (maxResumes + 1) * seqsPerRun;
const kept = { maxEnded: 1000, maxWithEvents: 50 };

const stateOf: Readonly<Record<RunEnding["type"], JobEnding["state"]>> = {
  "run-finished": "done",
  "run-failed": "failed",
  "run-cancelled": "cancelled",
};

async function execute(
  { host, report }: RunnerOptions,
  { id, requestId, graph, outputs }: Job,
  live: LiveJob,
): Promise<RunEnding> {
  if (live.isCancelled) return { type: "run-cancelled" };
  report({ type: "run-started", runId: id, requestId, graph });
  try {
    const request = outputs === undefined ? { graph } : { graph, outputs };
    const run = await host.run(request, (event) => {
      if (!isEnding(event)) report({ ...live.history.add(event), runId: id });
    });
    const [issue] = run.issues ?? [];
    if (issue !== undefined) return { type: "run-failed", error: issue };
    if (run.issues !== undefined) throw new TypeError("the graph was refused without an issue");
    live.cancel = run.cancel;
    if (live.isCancelled) run.cancel();
    return await run.ended;
  } catch (thrown) {
    return { type: "run-failed", error: toWireError(thrown) };
  }
}

/** Records how a job ended; where that fails, the job runs again after a restart. */
async function record({ store, log }: RunnerOptions, id: string, ending: JobEnding): Promise<void> {
  try {
    await store.end(id, ending);
    await store.trim(kept);
  } catch (thrown) {
    log(`jobs: the end of ${id} is not recorded: ${toWireError(thrown).what}`);
  }
}

/** Records how a job ended, then reports it. */
async function settle(
  options: RunnerOptions,
  { id, requestId, graph, resumes }: Job,
  live: LiveJob,
  ending: RunEnding,
): Promise<void> {
  const { store, report, now } = options;
  const error = ending.type === "run-failed" ? { error: ending.error } : {};
  const isLost = error.error?.code === "process.lost" && !live.isCancelled;
  if (isLost && resumes < maxResumes) {
    await store.requeue(id);
    report({ type: "run-queued", runId: id, requestId, graph });
    return;
  }
  // The ending shows together with the state that it brings.
  const last = live.history.number(ending);
  const events = compactEvents([...live.history.events(), last]);
  await record(options, id, { state: stateOf[ending.type], endedMs: now(), events, ...error });
  report({ ...last, runId: id });
}

/** Creates the runner of a store; `wake` starts it. */
export function createJobRunner(options: RunnerOptions): JobRunner {
  const { store, folder, log, now } = options;
  const turns = createTurns();
  let live: LiveJob | undefined;
  let isClosed = false;
  let isWanted = false;
  let isWorking = false;

  /** @returns false where no job waits */
  const runNext = async (): Promise<boolean> => {
    const next = turns.pick(await store.nextOfEachClient(folder));
    if (next === undefined || isClosed) return false;
    const { id, resumes } = next;
    const history = createRunHistory(resumes * seqsPerRun);
    const current: LiveJob = { id, history, isCancelled: false, cancel: () => {} };
    live = current;
    try {
      const job = (await store.start(id, now())) ? await store.get(id) : undefined;
      if (job === undefined) return true;
      const ending = await execute(options, job, current);
      if (!isClosed) await settle(options, job, current, ending);
    } finally {
      live = undefined;
    }
    return true;
  };
  const work = async (): Promise<void> => {
    if (isWorking) return;
    isWorking = true;
    try {
      while (isWanted && !isClosed) {
        isWanted = false;
        while (await runNext());
      }
    } catch (thrown) {
      if (!isClosed) log(`jobs: ${toWireError(thrown).what}`);
    } finally {
      isWorking = false;
    }
  };

  return {
    wake() {
      isWanted = true;
      void work();
    },
    cancel(id) {
      if (live?.id !== id) return false;
      live.isCancelled = true;
      live.cancel();
      return true;
    },
    eventsOf: (id) => (live?.id === id ? live.history.events() : undefined),
    close() {
      isClosed = true;
    },
  };
}
