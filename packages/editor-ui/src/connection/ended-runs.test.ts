import { expect, test } from "vitest";
import { exampleGraph } from "../document/example.fixture.ts";
import { endedRuns } from "./ended-runs.ts";
import { type RunPhase, type Runs, requestRun } from "./run-state.ts";

function runsIn(phases: Readonly<Record<string, RunPhase>>): Runs {
  return Object.entries(phases).flatMap(([requestId, phase]) =>
    requestRun([], { requestId, graph: exampleGraph }).map((run) => ({
      ...run,
      phase,
    })),
  );
}

test("a run ends once, whether it finished, failed or was cancelled", () => {
  const before = runsIn({ a: "running", b: "queued", c: "running", d: "finished", e: "running" });
  const after = runsIn({ a: "finished", b: "cancelled", c: "running", d: "finished", e: "failed" });
  const ended = endedRuns(before, after).map(({ requestId }) => requestId);
  expect(ended).toEqual(["a", "b", "e"]);
  expect(endedRuns(after, after)).toEqual([]);
});

test("runs of before a page was opened are no news", () => {
  expect(endedRuns([], runsIn({ a: "finished", b: "failed" }))).toEqual([]);
});
