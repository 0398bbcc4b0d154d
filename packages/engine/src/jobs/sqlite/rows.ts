import type { GraphDocument } from "../../graph/document.ts";
import type { JobSummary } from "../../protocol/job-summary.ts";
import type { Job, Thumbnail } from "../job.ts";
import type { SqlRow } from "../sql-job-store.ts";
import { type StoredSummary, toSummary } from "../stored-summary.ts";

function parse<T>(row: SqlRow | undefined, column: string): T {
  return JSON.parse(String(row?.[column])) as T;
}

/** The jobs of a list. */
export function toSummaries(row: SqlRow | undefined): JobSummary[] {
  return parse<StoredSummary[]>(row, "jobs").map(toSummary);
}

/** A whole job. */
export function toJob(row: SqlRow): Job {
  return {
    ...toSummary(parse<StoredSummary>(row, "summary")),
    graph: parse<GraphDocument>(row, "graph"),
    ...(row["outputs"] === null ? {} : { outputs: parse<readonly string[]>(row, "outputs") }),
    events: parse<Job["events"]>(row, "events"),
  };
}

/** The thumbnail of a job's row. */
export function toThumbnail(row: SqlRow): Thumbnail {
  const bytes = row["thumbnail"] as ArrayBuffer;
  return { mime: String(row["thumbnail_mime"]), bytes: new Uint8Array(bytes) };
}
