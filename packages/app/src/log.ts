import { stderr } from "node:process";
import { toSentence } from "@insightgraph/engine/errors";
import type { JobQueue } from "@insightgraph/engine/jobs";
import type { ServerOptions } from "@insightgraph/engine/server";
import { parseChoice } from "./parse-choice.ts";

/** What a line of JSON says besides its text. */
type Fields = Readonly<Record<string, string | number>>;

/** Writes what happens in a server to standard error, a line each. */
export interface Log {
  readonly text: (text: string) => void;
  /** What only lines of JSON tell: every request, and every job that starts or ends. */
  readonly detail: (text: string, fields: Fields) => void;
}

/** Opens a log in the format of that name. Throws: command.usage. */
export function openLog(
  format: string | undefined,
  write = (line: string): void => void stderr.write(line),
): Log {
  if (parseChoice("log-format", format, "text", ["text", "json"]) === "text") {
    return { text: (text) => write(`${text}\n`), detail: () => {} };
  }
  const detail: Log["detail"] = (message, fields) =>
    write(`${JSON.stringify({ time: new Date().toISOString(), message, ...fields })}\n`);
  return { text: (text) => detail(text, {}), detail };
}

/** Logs what nodes say, and how jobs go. */
export function logJobs(jobs: Pick<JobQueue, "subscribeToOwn">, log: Log): void {
  jobs.subscribeToOwn((report) => {
    if (report.type === "node-logged") log.text(`${report.nodeId}: ${report.text}`);
    if (report.type === "run-finished" && report.warning) log.text(toSentence(report.warning));
    if (!report.type.startsWith("run-") || !("runId" in report)) return;
    const { type, runId } = report;
    if (type === "run-failed") {
      const { code, what } = report.error;
      log.detail(type, { job: runId, code, what });
    } else if (type === "run-finished") log.detail(type, { job: runId, ms: report.ms });
    else log.detail(type, { job: runId });
  });
}

/** Logs a request that was answered. */
export function logRequests(log: Log): NonNullable<ServerOptions["onAnswered"]> {
  return ({ ms, ...request }) => log.detail("request", { ...request, ms: Math.round(ms) });
}
