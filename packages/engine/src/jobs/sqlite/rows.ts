import type { Row } from "@libsql/client/sqlite3";
import type { GraphDocument } from "../../graph/document.ts";
import type { JobState, JobSummary } from "../../protocol/job-summary.ts";
import type { Job } from "../job.ts";

function parse<T>(row: Row, column: string): T | undefined {
  const text = row[column];
  return typeof text === "string" ? (JSON.parse(text) as T) : undefined;
}

/** `{ [key]: value }`, or nothing where there is no value. */
function optional<K extends string, V>(key: K, value: V | null | undefined) {
  return (value === null || value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}

/** A row of the jobs, without graph and events. */
export function toSummary(row: Row): JobSummary {
  return {
    id: String(row["id"]),
    requestId: String(row["request_id"]),
    client: String(row["client"]),
    folder: String(row["folder"]),
    state: row["state"] as JobState,
    resumes: Number(row["resumes"]),
    createdMs: Number(row["created_ms"]),
    ...optional("startedMs", row["started_ms"] as number | null),
    ...optional("endedMs", row["ended_ms"] as number | null),
    ...optional("error", parse<NonNullable<JobSummary["error"]>>(row, "error")),
  };
}

/** A whole row of the jobs. */
export function toJob(row: Row): Job {
  return {
    ...toSummary(row),
    graph: JSON.parse(String(row["graph"])) as GraphDocument,
    ...optional("outputs", parse<readonly string[]>(row, "outputs")),
    events: parse<Job["events"]>(row, "events") ?? [],
  };
}
