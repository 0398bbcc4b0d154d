import type { JobQueue } from "@insightgraph/engine/jobs";
import { expect, test } from "vitest";
import { logJobs, logRequests, openLog } from "./log.ts";

type Report = Parameters<Parameters<JobQueue["subscribe"]>[0]>[0];

const error = { code: "node.failed", what: "no", hint: "H." } as const;
const reports: readonly Report[] = [
  { type: "node-logged", nodeId: "a", text: "half", runId: "r", seq: 1 },
  { type: "node-started", nodeId: "a", runId: "r", seq: 2 },
  { type: "run-failed", error, runId: "r", seq: 3 },
  { type: "run-finished", ms: 7, runId: "s", seq: 1 },
];

function linesOf(format: string): string[] {
  const lines: string[] = [];
  const log = openLog(format, (line) => lines.push(line));
  logJobs(
    {
      subscribeToOwn(listener) {
        for (const report of reports) listener(report);
        return () => {};
      },
    },
    log,
  );
  logRequests(log)({ method: "GET", path: "/", status: 200, ms: 1.4 });
  return lines;
}

test("as text, a log says what nodes say", () => {
  expect(linesOf("text")).toEqual(["a: half\n"]);
});

test("as JSON, every line is an object with its time", () => {
  const lines = linesOf("json").map((line) => JSON.parse(line));
  expect(lines.map(({ time, ...rest }) => [Number.isNaN(Date.parse(time)), rest])).toEqual([
    [false, { message: "a: half" }],
    [false, { message: "run-failed", job: "r", code: "node.failed", what: "no" }],
    [false, { message: "run-finished", job: "s", ms: 7 }],
    [false, { message: "request", method: "GET", path: "/", status: 200, ms: 1 }],
  ]);
});

test("another format is refused", () => {
  expect(() => openLog("xml")).toThrow("command.usage");
});
