import { expect, test } from "vitest";
import { answerGraph } from "../host/answer-nodes.fixture.ts";

import type { JobReport, JobSnapshot } from "../jobs/job.ts";
import { missedReports } from "./missed-reports.ts";

const identity = { runId: "r", requestId: "q", graph: answerGraph("pid") };
const queued: JobReport = { type: "run-queued", ...identity };
const started: JobReport = { type: "run-started", ...identity };
const event = (seq: number): JobReport => ({ type: "node-started", nodeId: "a", runId: "r", seq });

test("[V3] what a snapshot shows is not reported again; what came after it is", () => {
  const running: JobSnapshot = {
    ...identity,
    state: "running",
    events: [{ type: "node-started", nodeId: "a", seq: 2 }],
  };
  const reports = [queued, started, event(1), event(2), event(3)];
  expect(missedReports(reports, [running])).toEqual([event(3)]);
  expect(missedReports(reports, [])).toEqual(reports);
  const waiting: JobSnapshot = { ...identity, state: "queued", events: [] };
  expect(missedReports(reports, [waiting])).toEqual([started, event(1), event(2), event(3)]);
});
