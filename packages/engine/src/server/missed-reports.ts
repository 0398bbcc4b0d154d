import type { JobReport, JobSnapshot } from "../jobs/job.ts";

type RunReport = Exclude<JobReport, { readonly type: "jobs-changed" }>;

/** Whether a snapshot already shows what a report says. */
function shows({ state, events }: JobSnapshot, report: RunReport): boolean {
  if (report.type === "run-queued") return true;
  if (report.type === "run-started") return state !== "queued";
  return report.seq <= (events.at(-1)?.seq ?? 0);
}

/** The reports that came while snapshots were taken and that these do not show. */
export function missedReports(
  reports: readonly JobReport[],
  snapshots: readonly JobSnapshot[],
): readonly JobReport[] {
  const byId = new Map(snapshots.map((snapshot) => [snapshot.runId, snapshot]));
  return reports.filter((report) => {
    if (report.type === "jobs-changed") return true;
    const snapshot = byId.get(report.runId);
    return snapshot === undefined || !shows(snapshot, report);
  });
}
