import { setTimeout } from "node:timers/promises";
import { toWireError, type WireError } from "../errors.ts";
import type { ExecutionHost } from "../host/execution-host.ts";
import { isEnding, type RunEnding } from "../protocol/run-event.ts";
import { compactEvents } from "./compact-events.ts";
import { identityOf, type Job, type JobEnding, type JobReport } from "./job.ts";
import type { JobStore, Retention } from "./job-store.ts";
import { createRunHistory, type RunHistory } from "./run-history.ts";
import { type MakeThumbnail, thumbnailOf } from "./thumbnail-of.ts";

/** What jobs are kept in, what they run on, and who learns of it. */
export interface JobRunOptions {
  readonly store: JobStore;
  readonly host: Pick<ExecutionHost, "run">;
  /** Receives faults of the store, which nobody waits for. */
  readonly log: (text: string) => void;
  readonly report: (report: JobReport) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** As `now`, or less where the clock was set: what is removed by its age is gone for good. */
  readonly earliestNow: () => number;
  readonly retention: JobRetention;
  readonly makeThumbnail?: MakeThumbnail;
  /** Whether nothing more is recorded: the next process resumes what runs. */
  readonly isClosed: () => boolean;
  /** Time until what the store could not keep is tried again. @default 5 seconds */
  readonly againMs?: number;
}

/** How many jobs that are over stay; those that are marked as kept stay besides. */
export interface JobRetention extends Omit<Retention, "endedBeforeMs"> {
  readonly maxAgeMs: number;
}

/** A job that is running. */
export interface LiveJob {
  /** The device that it runs on. */
  readonly device: string;
  readonly history: RunHistory;
  /** What it saved. */
  readonly files: Set<string>;
  /** Where its manifest is. */
  manifest?: string;
  isCancelled: boolean;
  cancel(): void;
}

/** The device of hosts that have but one, or that choose themselves. */
export const anyDevice = "";
/** Time until what the store could not keep is tried again. */
export const defaultAgainMs = 5000;
/** How often a job is queued again by itself after a process was killed. */
export const maxResumes = 1;
/** Events of a resumed run are numbered above all of the run before. */
export const seqsPerRun = 1e9;
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
  { host, report }: JobRunOptions,
  job: Job,
  live: LiveJob,
): Promise<RunEnding> {
  const { id, graph, outputs, device: wantedDevice } = job;
  if (live.isCancelled) return { type: "run-cancelled" };
  report({ type: "run-started", ...identityOf(job) });
  try {
    const wanted = outputs === undefined ? {} : { outputs };
    const name = live.device === anyDevice ? wantedDevice : live.device;
    const device = name === undefined ? {} : { device: name };
    const run = await host.run({ graph, ...wanted, ...device }, (event) => {
      if (isEnding(event)) return;
      if (event.type === "node-saved" && live.files.size < maxFiles) live.files.add(event.path);
      if (event.type === "manifest-written") live.manifest = event.path;
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

/**
 * Asks the store for a change until it could make it.
 * @param what What is not so while it cannot.
 * @param onFirstFault Is told why it cannot, once.
 * @returns undefined once nothing more is recorded
 */
async function insist<T>(
  { log, againMs = defaultAgainMs, isClosed }: JobRunOptions,
  what: string,
  change: () => Promise<T>,
  onFirstFault: (fault: WireError) => void = () => {},
): Promise<T | undefined> {
  for (let tries = 0; !isClosed(); tries++) {
    try {
      return await change();
    } catch (thrown) {
      const { code, what: reason, hint } = toWireError(thrown);
      log(`jobs: ${what}: ${reason}`);
      if (tries === 0) onFirstFault({ code, what: `${what}: ${reason}`, hint });
      await setTimeout(againMs, undefined, { ref: false });
    }
  }
  return undefined;
}

/** The ending with what could not be kept of it, where it can say so. */
function withWarning(ending: RunEnding, warning: WireError): RunEnding {
  return ending.type === "run-finished" ? { warning, ...ending } : ending;
}

/** Records how a job ended, then reports it. */
async function settle(
  options: JobRunOptions,
  job: Job,
  live: LiveJob,
  ending: RunEnding,
): Promise<void> {
  const { id, resumes } = job;
  const { store, report, now, earliestNow } = options;
  const { maxAgeMs, ...retention } = options.retention;
  const error = ending.type === "run-failed" ? { error: ending.error } : {};
  const isLost = error.error?.code === "process.lost" && !live.isCancelled;
  if (isLost && resumes < maxResumes) {
    await insist(options, `${id} is not queued again`, () => store.requeue(id));
    if (live.isCancelled) return settle(options, job, live, { type: "run-cancelled" });
    report({ type: "run-queued", ...identityOf(job) });
    return;
  }
  // The ending shows together with the state that it brings.
  const last = live.history.number(ending);
  const whole = [...live.history.events(), last];
  const recorded: JobEnding = {
    ...{ state: stateOf[ending.type], endedMs: now(), events: compactEvents(whole) },
    ...error,
    files: [...live.files],
    ...(live.manifest === undefined ? {} : { manifest: live.manifest }),
    ...(await thumbnailOf(whole, options)),
  };
  let reported = recorded;
  const record = async (): Promise<void> => {
    await store.end(id, reported);
    await store.trim({ ...retention, endedBeforeMs: earliestNow() - maxAgeMs });
  };
  // Whoever asks meanwhile is told the ending as well.
  const warn = (fault: WireError): void => {
    report({ ...live.history.add(withWarning(ending, fault)), runId: id });
    reported = { ...recorded, events: compactEvents(live.history.events()) };
  };
  await insist(options, `the end of ${id} is not recorded`, record, warn);
  if (reported === recorded) report({ ...last, runId: id });
}

/** Creates what is known of a job before it runs. */
export function createLiveJob({ resumes }: Pick<Job, "resumes">, device: string): LiveJob {
  const history = createRunHistory(resumes * seqsPerRun);
  return { device, history, files: new Set(), isCancelled: false, cancel: () => {} };
}

/** Runs a queued job to its end, which is recorded and reported. */
export async function runJob(options: JobRunOptions, id: string, live: LiveJob): Promise<void> {
  const { store, now, isClosed } = options;
  const job = await store.get(id);
  const startedMs = now();
  const start = () => store.start(id, startedMs);
  const isStarted = await insist(options, `${id} is not started`, start);
  if (job === undefined || isStarted !== true) return;
  const ending = await execute(options, job, live);
  if (!isClosed()) await settle(options, job, live, ending);
}
