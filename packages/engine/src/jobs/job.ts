import type { GraphDocument } from "../graph/document.ts";
import type { JobSummary } from "../protocol/job-summary.ts";
import type { RunIdentity, RunReport, RunSnapshot } from "../protocol/messages.ts";
import type { OfRun, SequencedEvent } from "../protocol/run-event.ts";

/** A job as it is submitted. */
export interface NewJob {
  readonly id: string;
  readonly requestId: string;
  readonly client: string;
  readonly folder: string;
  readonly graph: GraphDocument;
  /** Ids of the wanted nodes. @default output nodes and graph outputs */
  readonly outputs?: readonly string[];
  readonly createdMs: number;
  /** The open document that it is asked for from. */
  readonly documentId?: string;
  /** @default none */
  readonly tags?: readonly string[];
  /** Queued jobs of a higher one run first. @default 0 */
  readonly priority?: number;
  /** The only device that it may run on. @default any */
  readonly device?: string;
}

/** A job with all that is kept of it. */
export interface Job extends JobSummary, Pick<NewJob, "graph" | "outputs"> {
  /** Of a job that is over: the latest event of each type for each node, then the ending. */
  readonly events: readonly SequencedEvent[];
}

/** How a job ends. */
export interface JobEnding extends Pick<JobSummary, "error" | "manifest"> {
  readonly state: "done" | "failed" | "cancelled" | "interrupted";
  readonly endedMs: number;
  readonly events: readonly SequencedEvent[];
  readonly files?: readonly string[];
  readonly thumbnail?: Thumbnail;
}

/** A small picture of a job's result. */
export interface Thumbnail {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** What a queue reports of its jobs; a page need not look at the numbers. */
export type JobReport =
  | Extract<RunReport, { readonly type: "run-queued" | "run-started" | "jobs-changed" }>
  | OfRun<SequencedEvent>;

/** A job so far, with the numbers of its events. */
export interface JobSnapshot extends RunSnapshot {
  readonly events: readonly SequencedEvent[];
}

/** The folder of jobs in a store that several machines share: theirs may have equal paths. */
export function folderOn(machine: string, folder: string): string {
  return `${machine}:${folder}`;
}

/** A job as pages know it: by its run. */
export function identityOf({
  id,
  requestId,
  graph,
  documentId,
}: Pick<Job, "id" | "requestId" | "graph" | "documentId">): RunIdentity {
  return { runId: id, requestId, graph, ...(documentId === undefined ? {} : { documentId }) };
}
