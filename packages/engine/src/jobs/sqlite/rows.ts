import type { Row } from "@libsql/client/sqlite3";
import type { WireError } from "../../errors.ts";
import type { GraphDocument } from "../../graph/document.ts";
import type { JobState, JobSummary } from "../../protocol/job-summary.ts";
import type { Job, Thumbnail } from "../job.ts";

/** The list that the statements make of a job. */
type SummaryList = readonly [
  id: string,
  requestId: string,
  client: string,
  folder: string,
  state: JobState,
  resumes: number,
  createdMs: number,
  startedMs: number | null,
  endedMs: number | null,
  error: WireError | null,
  name: string | null,
  tags: readonly string[],
  kept: number,
  files: readonly string[],
  hasThumbnail: number,
];

/** `{ [key]: value }`, or nothing where there is no value. */
function optional<K extends string, V>(key: K, value: V | null) {
  return (value === null ? {} : { [key]: value }) as { [P in K]?: V };
}

function toSummary(list: SummaryList): JobSummary {
  const [id, requestId, client, folder, state, resumes, createdMs, ...rest] = list;
  const [startedMs, endedMs, error, name, tags, kept, files, hasThumbnail] = rest;
  return {
    ...{ id, requestId, client, folder, state, resumes, createdMs },
    ...optional("startedMs", startedMs),
    ...optional("endedMs", endedMs),
    ...optional("error", error),
    ...optional("name", name),
    ...{ tags, isKept: kept === 1, files, hasThumbnail: hasThumbnail === 1 },
  };
}

function parse<T>(row: Row | undefined, column: string): T {
  return JSON.parse(String(row?.[column])) as T;
}

/** The jobs of a list. */
export function toSummaries(row: Row | undefined): JobSummary[] {
  return parse<SummaryList[]>(row, "jobs").map(toSummary);
}

/** A whole job. */
export function toJob(row: Row): Job {
  return {
    ...toSummary(parse<SummaryList>(row, "summary")),
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
