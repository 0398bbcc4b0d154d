import type { JobMarks, JobState, JobSummary } from "../protocol/job-summary.ts";
import type { Job, JobEnding, NewJob, Thumbnail } from "./job.ts";
import type { JobExchange } from "./job-exchange.ts";

/** Which jobs to list. */
export interface JobQuery {
  /** @default every state */
  readonly states?: readonly JobState[];
  /** Only those with this tag. */
  readonly tag?: string;
  /** Only those that stand after this job in the list: the next page. */
  readonly after?: string;
  /** @default "newest" */
  readonly order?: "newest" | "queue";
  readonly limit: number;
}

/** Which queued jobs can start. */
export interface NextQuery {
  readonly folder: string;
  /** Leaves out jobs that may only run on other devices. @default every job */
  readonly devices?: readonly string[];
  readonly limit: number;
}

/** How much of the jobs that are over stays; a kept one stays whatever it says. */
export interface Retention {
  readonly maxEnded: number;
  /** How many of them keep their events, which hold previews. */
  readonly maxWithEvents: number;
  /** Those that ended before this are removed. */
  readonly endedBeforeMs: number;
  /** Graphs, events and thumbnails together. */
  readonly maxBytes: number;
}

/**
 * Where jobs are kept. What a method has resolved survives the death of the process;
 * `job-store.contract.ts` states what every implementation does.
 */
export interface JobStore {
  /**
   * Adds a queued job, or returns the one that the client submitted under the same request id. Its
   * place in the queue is fair: among jobs of its priority, after as many of each other client as
   * this one has waiting.
   */
  add(job: NewJob): Promise<Job>;
  get(id: string): Promise<Job | undefined>;
  thumbnail(id: string): Promise<Thumbnail | undefined>;
  list(query: JobQuery): Promise<readonly JobSummary[]>;
  /** The JSON of `list`, as the store has it: for long lists that are only sent on. */
  listAsJson(query: JobQuery): Promise<string>;
  /** How many jobs there are of each state that has some. */
  counts(): Promise<ReadonlyMap<JobState, number>>;
  /** The queued jobs that come next, in their order. */
  next(query: NextQuery): Promise<readonly JobSummary[]>;
  /** Running jobs that no process runs any more; a folder has one process at a time. */
  orphans(folder: string): Promise<readonly JobSummary[]>;
  /**
   * From queued to running; asked again with the same time, it says the same.
   * @returns false if the job is not queued, as for all changes below
   */
  start(id: string, startedMs: number): Promise<boolean>;
  /** From queued or running to an ended state. */
  end(id: string, ending: JobEnding): Promise<boolean>;
  /** From running back to queued, in its old place; counts as a resume. */
  requeue(id: string): Promise<boolean>;
  /** Puts a queued job right before another queued one of its folder, or last; it takes the priority of its new neighbour. */
  move(id: string, beforeId?: string): Promise<boolean>;
  /** Changes what people say of a job, whatever its state. */
  mark(id: string, marks: JobMarks): Promise<boolean>;
  /** Where several servers share the store; absent where one has it for itself. */
  readonly exchange?: JobExchange;
  /** Asks the process that runs a job, which may be another one, to end it. */
  askToCancel(id: string): Promise<void>;
  /** Hears what this and other processes ask. @returns ends that */
  onCancelAsked(listener: (id: string) => void): () => void;
  /** Whether a folder's queue is paused outlives the process, too. Servers that share a store pause together. */
  pause(folder: string, isPaused: boolean): Promise<void>;
  isPaused(folder: string): Promise<boolean>;
  /** Removes a job that is over. */
  remove(id: string): Promise<boolean>;
  /** Removes the oldest jobs that are over, and the events of some that stay. */
  trim(retention: Retention): Promise<void>;
  close(): Promise<void>;
}
