import type { SequencedEvent } from "../protocol/run-event.ts";
import { identityOf, type Job, type JobReport } from "./job.ts";
import { seqsPerRun } from "./run-job.ts";

/** Who reported something: this server's own jobs, or the store, for those of others. */
export type ReportOrigin = "own" | "other";

/** What has been reported of each job, so that nothing is reported twice or out of order. */
export interface ReportLedger {
  report(report: JobReport, origin: ReportOrigin): void;
  /** Reports what has happened in a job of the store since its last report. */
  catchUp(job: Job): void;
  /** Whether reports of a job have begun, and its end is not among them. */
  isUnderWay(id: string): boolean;
  underWay(): readonly string[];
}

interface Entry {
  readonly state: "queued" | "running" | "over";
  /** The number of the last event that was reported. */
  readonly seq: number;
}

/** Jobs that are remembered: far more than change at the same time. */
const maxEntries = 10_000;

function hasEnded({ state }: Job): boolean {
  return state !== "queued" && state !== "running";
}

/** Creates a ledger that has reported nothing. @param emit Gets each report once, in order. */
export function createReportLedger(
  emit: (report: JobReport, origin: ReportOrigin) => void,
): ReportLedger {
  const entries = new Map<string, Entry>();
  const keep = (id: string, entry: Entry): void => {
    entries.delete(id);
    entries.set(id, entry);
    const [oldest] = entries.keys();
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
  };
  const next = (report: Exclude<JobReport, { type: "jobs-changed" }>): Entry | undefined => {
    const { state, seq = 0 } = entries.get(report.runId) ?? {};
    if (report.type === "run-queued" || report.type === "run-started") {
      const wanted = report.type === "run-queued" ? "queued" : "running";
      return wanted === state ? undefined : { state: wanted, seq };
    }
    if (report.seq <= seq) return undefined;
    const isLast = ["run-finished", "run-failed", "run-cancelled"].includes(report.type);
    return { state: isLast ? "over" : "running", seq: report.seq };
  };
  const report: ReportLedger["report"] = (message, origin) => {
    if (message.type !== "jobs-changed") {
      const entry = next(message);
      if (entry === undefined) return;
      keep(message.runId, entry);
    }
    emit(message, origin);
  };
  const isUnderWay = (id: string): boolean => {
    const entry = entries.get(id);
    return entry !== undefined && entry.state !== "over";
  };
  /** A run that was broken off and has begun again is reported from its start. */
  const forgetBrokenOff = ({ id, resumes, state }: Job): void => {
    const entry = entries.get(id);
    const firstSeq = resumes * seqsPerRun;
    if (entry === undefined || entry.seq >= firstSeq) return;
    keep(id, { state: state === "queued" ? entry.state : "queued", seq: firstSeq });
  };
  return {
    report,
    isUnderWay,
    underWay: () => [...entries.keys()].filter(isUnderWay),
    catchUp(job) {
      const { id: runId, state, startedMs } = job;
      forgetBrokenOff(job);
      const tell = (event: SequencedEvent): void => report({ ...event, runId }, "other");
      const before = entries.get(runId)?.state;
      if (before === undefined || state === "queued") {
        report({ type: "run-queued", ...identityOf(job) }, "other");
      }
      if (state === "queued") return;
      if (before !== "over" && startedMs !== undefined) {
        report({ type: "run-started", ...identityOf(job) }, "other");
      }
      for (const event of job.events) tell(event);
      const entry = entries.get(runId);
      if (entry !== undefined && hasEnded(job)) keep(runId, { ...entry, state: "over" });
    },
  };
}
