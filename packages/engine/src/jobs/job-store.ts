import type { JobState, JobSummary } from "../protocol/job-summary.ts";
import type { Job, JobEnding, NewJob } from "./job.ts";

/** Which jobs to list. */
export interface JobQuery {
  /** @default every state */
  readonly states?: readonly JobState[];
  readonly limit: number;
}

/** How many of the newest jobs that are over stay. */
export interface KeptJobs {
  readonly maxEnded: number;
  /** How many of them keep their events, which hold previews. */
  readonly maxWithEvents: number;
}

/**
 * Where jobs are kept. What a method has resolved survives the death of the process;
 * `job-store.contract.ts` states what every implementation does.
 */
export interface JobStore {
  /** Adds a queued job, or returns the one that the client submitted under the same request id. */
  add(job: NewJob): Promise<Job>;
  get(id: string): Promise<Job | undefined>;
  /** Newest first. */
  list(query: JobQuery): Promise<readonly JobSummary[]>;
  count(state: JobState): Promise<number>;
  /** The oldest queued job of each client in a folder, oldest first. */
  nextOfEachClient(folder: string): Promise<readonly JobSummary[]>;
  /** From queued to running. @returns false if the job is not queued, as for all changes below */
  start(id: string, startedMs: number): Promise<boolean>;
  /** From queued or running to an ended state. */
  end(id: string, ending: JobEnding): Promise<boolean>;
  /** From running back to queued, in its old place; counts as a resume. */
  requeue(id: string): Promise<boolean>;
  /** Removes a job that is over. */
  remove(id: string): Promise<boolean>;
  /** Removes the oldest jobs that are over, and the events of some that stay. */
  trim(kept: KeptJobs): Promise<void>;
  close(): Promise<void>;
}
