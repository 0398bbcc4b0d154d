import type { WireError } from "../errors.ts";

/**
 * Where a job stands. One that was running when its server or its execution process was killed is
 * queued again once; the second time it is `interrupted`, and waits for somebody to retry it.
 */
export type JobState = "queued" | "running" | "done" | "failed" | "cancelled" | "interrupted";

/** Every state, in the order in which a job can go through them. */
export const jobStates: readonly JobState[] = [
  ...(["queued", "running", "done", "failed", "cancelled", "interrupted"] as const),
];

/** A job without its graph and its events. */
export interface JobSummary {
  readonly id: string;
  /** The client's own name for the job: submitting it again does not run it again. */
  readonly requestId: string;
  /** Who submitted it; clients take turns. */
  readonly client: string;
  /** Where relative paths in its graph start: only a server of this folder runs it. */
  readonly folder: string;
  readonly state: JobState;
  /** How often it was queued again after a process had been killed. */
  readonly resumes: number;
  /** Queued jobs of a higher one run first. */
  readonly priority: number;
  /** The only device that it may run on. */
  readonly device?: string;
  /** Milliseconds since 1970, as all times here. */
  readonly createdMs: number;
  readonly startedMs?: number;
  readonly endedMs?: number;
  /** The open document that it was asked for from. */
  readonly documentId?: string;
  /** Why it failed. */
  readonly error?: WireError;
  /** A title that people gave it. */
  readonly name?: string;
  readonly tags: readonly string[];
  /** Whether retention leaves it alone. */
  readonly isKept: boolean;
  /** Files that it saved, as its nodes named them; relative ones start in `folder`. */
  readonly files: readonly string[];
  /** Whether it has a small picture of its result. */
  readonly hasThumbnail: boolean;
  /** The manifest of its run: an absolute path. */
  readonly manifest?: string;
}

/** What people can change of a job; its priority matters while it is queued. */
export interface JobMarks {
  /** An empty one removes it. */
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly isKept?: boolean;
  readonly priority?: number;
}
