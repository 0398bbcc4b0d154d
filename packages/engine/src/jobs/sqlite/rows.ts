import type { Row } from "@libsql/client/sqlite3";
import type { GraphDocument } from "../../graph/document.ts";
import type { JobSummary } from "../../protocol/job-summary.ts";
import type { Job, Thumbnail } from "../job.ts";

type Writable<T> = { -readonly [Field in keyof T]: T[Field] };
type Optional = "startedMs" | "endedMs" | "error" | "name" | "device" | "manifest" | "documentId";

/** A job as the statements give it: what it does not have is null. */
type StoredSummary = Omit<JobSummary, Optional> & {
  readonly [Field in Optional]: Exclude<JobSummary[Field], undefined> | null;
};

/** Assigns one by one what may be missing: for a long list, spread parts take twenty times as long. */
function toSummary(stored: StoredSummary): JobSummary {
  const { startedMs, endedMs, error, name, device, manifest, documentId, ...rest } = stored;
  const job: Writable<JobSummary> = rest;
  if (startedMs !== null) job.startedMs = startedMs;
  if (endedMs !== null) job.endedMs = endedMs;
  if (error !== null) job.error = error;
  if (name !== null) job.name = name;
  if (device !== null) job.device = device;
  if (manifest !== null) job.manifest = manifest;
  if (documentId !== null) job.documentId = documentId;
  return job;
}

function parse<T>(row: Row | undefined, column: string): T {
  return JSON.parse(String(row?.[column])) as T;
}

/** The jobs of a list. */
export function toSummaries(row: Row | undefined): JobSummary[] {
  return parse<StoredSummary[]>(row, "jobs").map(toSummary);
}

/** A whole job. */
export function toJob(row: Row): Job {
  return {
    ...toSummary(parse<StoredSummary>(row, "summary")),
    graph: parse<GraphDocument>(row, "graph"),
    ...(row["outputs"] === null ? {} : { outputs: parse<readonly string[]>(row, "outputs") }),
    events: parse<Job["events"]>(row, "events"),
  };
}

/** The thumbnail of a job's row. */
export function toThumbnail(row: Row): Thumbnail {
  const bytes = row["thumbnail"] as ArrayBuffer;
  return { mime: String(row["thumbnail_mime"]), bytes: new Uint8Array(bytes) };
}
