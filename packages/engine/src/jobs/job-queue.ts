import { randomUUID } from "node:crypto";
import { EngineError } from "../errors.ts";
import type { ExecutionHost, RejectedRun, RunRequest } from "../host/execution-host.ts";
import {
  type JobMarks,
  type JobState,
  type JobSummary,
  jobStates,
} from "../protocol/job-summary.ts";
import { followJobs } from "./follow-jobs.ts";
import {
  folderOn,
  identityOf,
  type Job,
  type JobEnding,
  type JobReport,
  type JobSnapshot,
  type Thumbnail,
} from "./job.ts";
import { createJobRunner, type DeviceSlots } from "./job-runner.ts";
import type { JobQuery, JobStore } from "./job-store.ts";
import { createEventPublisher } from "./publish-events.ts";
import { createReportLedger, type ReportOrigin } from "./report-ledger.ts";
import { type JobRetention, maxResumes, seqOfCancel } from "./run-job.ts";
import { takeSnapshots } from "./take-snapshots.ts";
import type { MakeThumbnail } from "./thumbnail-of.ts";

/** A graph to run, named by whoever submits it. */
export interface JobRequest extends RunRequest {
  readonly requestId: string;
  readonly client: string;
  readonly tags?: readonly string[];
  /** Queued jobs of a higher one run first. @default 0 */
  readonly priority?: number;
  /** The open document that it is asked for from. */
  readonly documentId?: string;
}

/** Runs jobs on the devices that there are, and knows those of the past, whoever is connected. */
export interface JobQueue {
  /**
   * Queues a job unless its graph has issues. Once this resolves, nothing forgets the job.
   * Throws: `jobs.full`; why the host cannot start.
   */
  submit(request: JobRequest): Promise<JobSummary | RejectedRun>;
  /** A list of `JobSummary` as JSON: long ones are only sent on. */
  listAsJson(query: JobQuery): Promise<string>;
  /** A job with its events so far. Throws: `jobs.unknown`. */
  get(id: string): Promise<Job>;
  /** Ends a job that is queued or running; another one is left alone. */
  cancel(id: string): Promise<void>;
  /** Queues the graph of a job that is over once more, as a new job. Throws: `jobs.unknown`. */
  retry(id: string): Promise<JobSummary | RejectedRun>;
  /**
   * Puts a queued job right before another queued one, or last.
   * Throws: `jobs.unknown` where one of them is not queued.
   */
  move(id: string, beforeId?: string): Promise<void>;
  /** Changes what people say of a job. Throws: `jobs.unknown`. */
  mark(id: string, marks: JobMarks): Promise<JobSummary>;
  /** While the queue is paused, nothing more starts; what runs goes on. It stays paused over a restart. */
  pause(isPaused: boolean): Promise<void>;
  isPaused(): boolean;
  /** How many jobs there are of each state. */
  counts(): Promise<Readonly<Record<JobState, number>>>;
  /** A small picture of what a job made. Throws: `jobs.unknown`. */
  thumbnail(id: string): Promise<Thumbnail>;
  /** Forgets a job that is over. Throws: `jobs.unknown` for any other. */
  remove(id: string): Promise<void>;
  /** Recent jobs as pages show them, oldest first. */
  snapshots(): Promise<readonly JobSnapshot[]>;
  /** Reports all that happens in all jobs from now on, those of other servers included. @returns ends the subscription */
  subscribe(listener: (report: JobReport) => void): () => void;
  /** As `subscribe`, without what other servers do. */
  subscribeToOwn(listener: (report: JobReport) => void): () => void;
  /** Where the relative paths of a job start; undefined where that is on another machine. */
  folderOf(job: Pick<Job, "folder">): string | undefined;
  /** Starts nothing more. A job that is running is resumed when the queue opens again. */
  close(): void;
}

/** What a queue keeps jobs in, and what it runs them on. */
export interface QueueOptions {
  readonly store: JobStore;
  /** Where relative paths in graphs start; jobs of other folders wait for a server of theirs. */
  readonly folder: string;
  readonly host: Pick<ExecutionHost, "check" | "facts" | "run">;
  /** @default one that the host chooses, with one job at a time */
  readonly devices?: readonly DeviceSlots[];
  /** Receives faults of the store, which nobody waits for. */
  readonly log: (text: string) => void;
  /** Milliseconds since 1970. @default the clock */
  readonly now?: () => number;
  /** @default 1,000 jobs, 50 of them with their events, at most 90 days and 2 GB */
  readonly retention?: Partial<JobRetention>;
  /** Time until what the store could not keep is tried again. @default 5 seconds */
  readonly againMs?: number;
  /** @default jobs have no thumbnails */
  readonly makeThumbnail?: MakeThumbnail;
}

const maxQueued = 10_000;
const defaultRetention: JobRetention = {
  maxEnded: 1000,
  maxWithEvents: 50,
  maxAgeMs: 90 * 24 * 60 * 60 * 1000,
  maxBytes: 2 * 1024 ** 3,
};

function unknownJob(id: string): EngineError {
  return new EngineError("jobs.unknown", `there is no job "${id}" in a state that allows this`, {
    hint: "List the jobs to see their ids and states.",
  });
}

/** Queues the jobs again that were running when the last process ended, once each. */
async function resumeJobs(store: JobStore, folder: string, now: () => number): Promise<void> {
  for (const { id, resumes } of await store.orphans(folder)) {
    if (resumes < maxResumes) await store.requeue(id);
    else await store.end(id, { state: "interrupted", endedMs: now(), events: [] });
  }
}

async function refuseIfFull(store: JobStore): Promise<void> {
  if (((await store.counts()).get("queued") ?? 0) < maxQueued) return;
  throw new EngineError("jobs.full", `${maxQueued} jobs are waiting`, {
    hint: "Wait for some of them, or cancel them.",
  });
}

function summaryOf({ graph: _graph, outputs: _outputs, events: _events, ...job }: Job): JobSummary {
  return job;
}

/**
 * Opens the queue of a store: jobs that were queued run, and those that were running when the last
 * process ended are queued again, once each.
 */
export async function openJobQueue(options: QueueOptions): Promise<JobQueue> {
  const { store, host, log, now = Date.now } = options;
  const { exchange } = store;
  const folder = exchange ? folderOn(exchange.machine, options.folder) : options.folder;
  const listeners = new Set<(report: JobReport, origin: ReportOrigin) => void>();
  const ledger = createReportLedger((message, origin) => {
    for (const listener of listeners) listener(message, origin);
  });
  const report = (message: JobReport): void => {
    ledger.report(message, "own");
    if ("runId" in message) publisher?.changed(message.runId);
  };
  const retention = { ...defaultRetention, ...options.retention };
  const epochMs = now() - performance.now();
  const earliestNow = (): number => Math.min(now(), epochMs + performance.now());
  const runner = createJobRunner({ ...options, folder, report, now, earliestNow, retention });
  const { eventsOf } = runner;
  const publisher = exchange && createEventPublisher({ exchange, eventsOf, log });
  let isPaused = await store.isPaused(folder);
  const reportChange = (): void => report({ type: "jobs-changed", isPaused });
  const setPaused = (value: boolean): void => {
    isPaused = value;
    runner.pause(value);
    reportChange();
  };

  const get = async (id: string): Promise<Job> => {
    const isElsewhere = runner.eventsOf(id) === undefined;
    const job = await (follower && isElsewhere ? follower.read(id) : store.get(id));
    if (job === undefined) throw unknownJob(id);
    const live = job.state === "running" ? runner.eventsOf(id) : undefined;
    return { ...job, events: live ?? job.events };
  };
  const add = async (request: JobRequest, where: string): Promise<JobSummary> => {
    await refuseIfFull(store);
    const id = randomUUID();
    const job = await store.add({ ...request, folder: where, id, createdMs: now() });
    if (job.id === id) {
      report({ type: "run-queued", ...identityOf({ ...request, id }) });
      runner.wake();
    }
    return summaryOf(job);
  };
  const submit = async (request: JobRequest): Promise<JobSummary | RejectedRun> => {
    const issues = await host.check(request);
    return issues.length > 0 ? { issues } : add(request, folder);
  };

  await resumeJobs(store, folder, now);
  const onList = async (): Promise<void> => setPaused(await store.isPaused(folder));
  const follower = exchange && followJobs({ ...options, exchange, folder, runner, ledger, onList });
  runner.pause(isPaused);
  const hearNothing = store.onCancelAsked((id) => void runner.cancel(id));
  const subscribe = (listener: (report: JobReport, origin: ReportOrigin) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    submit,
    listAsJson: (query) => store.listAsJson(query),
    get,
    async cancel(id) {
      if (runner.cancel(id)) return;
      const job = await store.get(id);
      if (job?.state === "running" && job.folder !== folder) {
        await store.askToCancel(id);
        return;
      }
      const event = { type: "run-cancelled", seq: seqOfCancel } as const;
      const ending: JobEnding = { state: "cancelled", endedMs: now(), events: [event] };
      if (await store.end(id, ending)) report({ ...event, runId: id });
    },
    async retry(id) {
      const job = await get(id);
      const { state, graph, outputs, client, tags, priority, device, documentId } = job;
      if (state === "queued" || state === "running") throw unknownJob(id);
      const wanted = outputs === undefined ? {} : { outputs };
      const place = device === undefined ? {} : { device };
      const from = documentId === undefined ? {} : { documentId };
      const requestId = randomUUID();
      const again = { graph, client, tags, priority, requestId, ...wanted, ...place, ...from };
      // Its files and nodes are where it ran: that server checks it when it runs.
      const isElsewhere = exchange !== undefined && job.folder !== folder;
      return isElsewhere ? add(again, job.folder) : submit(again);
    },
    async move(id, beforeId) {
      if (!(await store.move(id, beforeId))) throw unknownJob(id);
      reportChange();
    },
    async mark(id, marks) {
      if (!(await store.mark(id, marks))) throw unknownJob(id);
      reportChange();
      return summaryOf(await get(id));
    },
    async pause(value) {
      await store.pause(folder, value);
      setPaused(value);
    },
    isPaused: () => isPaused,
    async counts() {
      const counts = await store.counts();
      const entries = jobStates.map((state) => [state, counts.get(state) ?? 0]);
      return Object.fromEntries(entries) as Record<JobState, number>;
    },
    async thumbnail(id) {
      const thumbnail = await store.thumbnail(id);
      if (thumbnail === undefined) throw unknownJob(id);
      return thumbnail;
    },
    async remove(id) {
      if (!(await store.remove(id))) throw unknownJob(id);
      reportChange();
    },
    snapshots: () => takeSnapshots(store, get),
    subscribe: (listener) => subscribe(listener),
    subscribeToOwn: (listener) =>
      subscribe((message, origin) => origin === "own" && listener(message)),
    folderOf(job) {
      if (exchange === undefined) return job.folder;
      const prefix = folderOn(exchange.machine, "");
      return job.folder.startsWith(prefix) ? job.folder.slice(prefix.length) : undefined;
    },
    close() {
      hearNothing();
      follower?.close();
      publisher?.close();
      runner.close();
    },
  };
}
