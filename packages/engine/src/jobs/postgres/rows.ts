import type { JobSummary } from "../../protocol/job-summary.ts";
import type { Job, Thumbnail } from "../job.ts";
import type { SqlRow } from "../sql-job-store.ts";

/** A whole job. */
export function toJob(row: SqlRow): Job {
  const { outputs } = row;
  return {
    ...(row["summary"] as JobSummary),
    graph: JSON.parse(String(row["graph"])),
    ...(outputs === null ? {} : { outputs: JSON.parse(String(outputs)) }),
    events: JSON.parse(String(row["events"])),
  };
}

/** The thumbnail of a job's row. */
export function toThumbnail(row: SqlRow): Thumbnail {
  return { mime: String(row["thumbnail_mime"]), bytes: new Uint8Array(row["thumbnail"] as Buffer) };
}
