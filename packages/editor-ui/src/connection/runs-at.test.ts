import { expect, test } from "vitest";
import { exampleGraph } from "../document/example.fixture.ts";
import { reduceRuns, requestRun } from "./run-state.ts";
import { runsAt } from "./runs-at.ts";

const requested = requestRun([], { requestId: "q1", graph: exampleGraph });
const begun = reduceRuns(requested, {
  type: "run-started",
  requestId: "q1",
  runId: "r1",
  graph: exampleGraph,
});
const inside = { type: "node-started", runId: "r1", nodeId: "part/sample" } as const;

test("a level sees what happens to its own nodes, by their own ids", () => {
  const runs = reduceRuns(begun, inside);
  expect(runsAt(runs, ["part"])[0]?.nodes).toEqual({ sample: { phase: "running" } });
  expect(runsAt(runs, ["other"])[0]?.nodes).toEqual({});
  expect(runsAt(runs, [])).toBe(runs);
});

test("a run that did not change is the same object at its level", () => {
  const runs = reduceRuns(begun, inside);
  expect(runsAt(runs, ["part"])[0]).toBe(runsAt([...runs], ["part"])[0]);
});
