import type { GraphDocument } from "../../graph/document.ts";
import type { JobSummary } from "../../protocol/job-summary.ts";
import type { Job, Thumbnail } from "../job.ts";
import type { SqlRow } from "../sql-job-store.ts";

function parse<T>(row: SqlRow, column: string): T {
  return JSON.parse(String(row[column])) as T;
}

/** A whole job. */
export function toJob(row: SqlRow): Job {
  return {
    ...parse<JobSummary>(row, "summary"),
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
