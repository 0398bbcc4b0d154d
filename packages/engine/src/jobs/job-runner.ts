import { toWireError } from "../errors.ts";
import type { ExecutionHost } from "../host/execution-host.ts";

import { isEnding, type RunEnding, type SequencedEvent } from "../protocol/run-event.ts";
import { compactEvents } from "./compact-events.ts";
import type { Job, JobEnding, JobReport } from "./job.ts";
import type { JobStore, Retention } from "./job-store.ts";
import { createRunHistory, type RunHistory } from "./run-history.ts";
import { type MakeThumbnail, thumbnailOf } from "./thumbnail-of.ts";

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
  readonly retention: JobRetention;
  readonly makeThumbnail?: MakeThumbnail;
}

/** How many jobs that are over stay; those that are marked as kept stay besides. */
export interface JobRetention extends Omit<Retention, "endedBeforeMs"> {
  readonly maxAgeMs: number;
}

/** Runs the queued jobs of a store, one at a time. */
export interface JobRunner {
  /** Looks for queued jobs. */
  wake(): void;
  /** Asks the running job to end. @returns false if another job runs, or none */
  cancel(id: string): boolean;
  /** The events so far of the running job; undefined for any other. */
  eventsOf(id: string): readonly SequencedEvent[] | undefined;
  /** While it is paused, nothing more starts. */
  pause(isPaused: boolean): void;
  /** Starts nothing more, and records nothing of the running job: the next process resumes it. */
  close(): void;
}

/** The job that is running. */
interface LiveJob {
  readonly id: string;
  readonly history: RunHistory;
  /** What it saved. */
  readonly files: Set<string>;
  isCancelled: boolean;
  cancel(): void;
}

/** How often a job is queued again by itself after a process was killed. */
export const maxResumes = 1;
/** Events of a resumed run are numbered above all of the run before. */
const seqsPerRun = 1e9;
/** Above the numbers of all events that a job can have had. */
export const seqOfCancel: number = (maxResumes + 1) * seqsPerRun;
/** Files of one job that are listed. */
const maxFiles = 1000;

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
      if (isEnding(event)) return;
      if (event.type === "node-saved" && live.files.size < maxFiles) live.files.add(event.path);
      report({ ...live.history.add(event), runId: id });
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
async function record(
  { store, log, now, retention: { maxAgeMs, ...rest } }: RunnerOptions,
  id: string,
  ending: JobEnding,
): Promise<void> {
  try {
    await store.end(id, ending);
    await store.trim({ ...rest, endedBeforeMs: now() - maxAgeMs });
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
  const whole = [...live.history.events(), last];
  await record(options, id, {
    ...{ state: stateOf[ending.type], endedMs: now(), events: compactEvents(whole) },
    ...error,
    files: [...live.files],
    ...(await thumbnailOf(whole, options)),
  });
  report({ ...last, runId: id });
}

/** Creates the runner of a store; `wake` starts it. */
export function createJobRunner(options: RunnerOptions): JobRunner {
  const { store, folder, log, now } = options;
  let live: LiveJob | undefined;
  let isClosed = false;
  let isWanted = false;
  let isWorking = false;
  let isPaused = false;

  /** @returns false where no job waits */
  const runNext = async (): Promise<boolean> => {
    const [next] = isPaused ? [] : await store.next(folder, 1);
    if (next === undefined || isPaused || isClosed) return false;
    const { id, resumes } = next;
    const history = createRunHistory(resumes * seqsPerRun);
    const current: LiveJob = {
      ...{ id, history, files: new Set(), isCancelled: false },
      cancel: () => {},
    };
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

  const wake = (): void => {
    isWanted = true;
    void work();
  };
  return {
    wake,
    pause(value) {
      isPaused = value;
      if (!value) wake();
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
