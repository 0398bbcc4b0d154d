import type { JobSummary } from "../protocol/job-summary.ts";

type Writable<T> = { -readonly [Field in keyof T]: T[Field] };
type Optional = "startedMs" | "endedMs" | "error" | "name" | "device" | "manifest" | "documentId";

/** A job as a store's statements give it: what it does not have is null. */
export type StoredSummary = Omit<JobSummary, Optional> & {
  readonly [Field in Optional]: Exclude<JobSummary[Field], undefined> | null;
};

/** Assigns one by one what may be missing: for a long list, spread parts take twenty times as long. */
export function toSummary(stored: StoredSummary): JobSummary {
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
