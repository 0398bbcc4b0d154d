import type { ServerMessage } from "@insightgraph/engine/protocol";
import { expect, test } from "vitest";
import { exampleGraph } from "../document/example.fixture.ts";
import {
  fractionDone,
  isUnderWay,
  loseConnection,
  type Runs,
  reduceRuns,
  requestRun,
} from "./run-state.ts";

const requested = requestRun([], { requestId: "q1", graph: exampleGraph, variant: "full" });
const play = (runs: Runs, ...messages: readonly ServerMessage[]) =>
  messages.reduce(reduceRuns, runs);
const started: ServerMessage = { type: "run-started", requestId: "q1", runId: "r1" };
const picture = { kind: "image", mime: "image/png", base64: "AA==" } as const;
const error = { code: "node.failed", what: "no", nodeId: "encode", hint: "yes" } as const;

test("a run is queued until it starts, and under way until it ends", () => {
  expect(requested[0]).toMatchObject({ phase: "queued" });
  const running = play(requested, started);
  expect(running[0]).toMatchObject({ phase: "running", runId: "r1" });
  expect(running.every(isUnderWay)).toBe(true);
  const finished = play(running, { type: "run-finished", runId: "r1", ms: 120 });
  expect(finished[0]).toMatchObject({ phase: "finished", ms: 120 });
  expect(finished.some(isUnderWay)).toBe(false);
});

test("progress without a picture keeps the last one", () => {
  const at = (done: number) => ({ runId: "r1", nodeId: "sample", done, total: 4 });
  const runs = play(
    requested,
    started,
    { type: "node-started", runId: "r1", nodeId: "sample" },
    { type: "node-progressed", ...at(1), preview: picture },
    { type: "node-progressed", ...at(2) },
  );
  expect(runs[0]?.nodes["sample"]).toEqual({
    phase: "running",
    progress: { done: 2, total: 4 },
    preview: picture,
  });
  expect(runs[0] && fractionDone(runs[0])).toBeCloseTo(0.5 / 5, 10);
});

test("a finished node keeps its time and previews; a failed one its error", () => {
  const runs = play(
    requested,
    started,
    {
      type: "node-finished",
      runId: "r1",
      nodeId: "load",
      cached: true,
      ms: 3,
      digests: {},
      previews: { image: picture },
    },
    { type: "node-failed", runId: "r1", nodeId: "encode", error },
    { type: "run-failed", runId: "r1", error },
  );
  expect(runs[0]).toMatchObject({
    phase: "failed",
    error,
    nodes: {
      load: { phase: "done", cached: true, ms: 3, previews: { image: picture } },
      encode: { phase: "failed", error },
    },
  });
});

test.each<ServerMessage>([
  { type: "run-finished", runId: "r1", ms: 1 },
  { type: "run-failed", runId: "r1", error },
  { type: "run-cancelled", runId: "r1" },
])("no node runs on after $type", (ending) => {
  const runs = play(
    requested,
    started,
    { type: "node-started", runId: "r1", nodeId: "load" },
    ending,
  );
  expect(runs[0]?.nodes).toEqual({});
});

test("a rejected run keeps its issues", () => {
  const runs = play(requested, { type: "run-rejected", requestId: "q1", issues: [error] });
  expect(runs[0]).toMatchObject({ phase: "rejected", issues: [error] });
});

test("two runs do not mix", () => {
  const runs = play(
    requestRun(requested, { requestId: "q2", graph: exampleGraph, variant: "full" }),
    started,
    { type: "run-started", requestId: "q2", runId: "r2" },
    { type: "node-started", runId: "r2", nodeId: "load" },
  );
  expect(runs[0]?.nodes).toEqual({});
  expect(runs[1]?.nodes).toEqual({ load: { phase: "running" } });
});

test("messages that are not about a known run change nothing", () => {
  expect(play(requested, { type: "run-finished", runId: "other", ms: 1 })).toBe(requested);
  expect(play(requested, { type: "server-failed", error })).toBe(requested);
});

test("a lost connection ends what was under way and leaves the rest", () => {
  const finished = play(requested, started, { type: "run-finished", runId: "r1", ms: 1 });
  expect(loseConnection(finished)).toBe(finished);
  const both = loseConnection(
    requestRun(finished, { requestId: "q2", graph: exampleGraph, variant: "full" }),
  );
  expect(both.map((run) => run.phase)).toEqual(["finished", "cancelled"]);
});
