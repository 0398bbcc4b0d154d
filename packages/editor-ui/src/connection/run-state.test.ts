import type { ServerMessage } from "@insightgraph/engine/protocol";
import { expect, test } from "vitest";
import { exampleGraph } from "../document/example.fixture.ts";
import {
  catchUp,
  fractionDone,
  isUnderWay,
  loseRuns,
  type Runs,
  reduceRuns,
  requestRun,
  runsOfDocument,
  seenEvents,
} from "./run-state.ts";

const requested = requestRun([], { requestId: "q1", graph: exampleGraph });
const play = (runs: Runs, ...messages: readonly ServerMessage[]) =>
  messages.reduce(reduceRuns, runs);
const started: ServerMessage = {
  type: "run-started",
  requestId: "q1",
  runId: "r1",
  graph: exampleGraph,
};
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

test("a run that is done keeps what could not be kept of it", () => {
  const warning = { code: "disk.full", what: "the manifest is not written", hint: "H." } as const;
  const runs = play(requested, started, { type: "run-finished", runId: "r1", ms: 1, warning });
  expect(runs[0]).toMatchObject({ phase: "finished", warning });
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

test("a node counts for a run's progress by the time it took before", () => {
  const done = (nodeId: string, ms: number, cached = false) =>
    ({
      type: "node-finished",
      runId: "r1",
      nodeId,
      cached,
      ms,
      digests: {},
      previews: {},
    }) as const;
  const times = [done("load", 10), done("encode", 30), done("sample", 900), done("decode", 50)];
  const earlier = play(requested, started, ...times, done("compare", 10));
  const now = play(requested, started, done("load", 1, true), done("encode", 30));
  expect(now[0] && fractionDone(now[0], earlier)).toBeCloseTo(40 / 1000, 10);
  expect(now[0] && fractionDone(now[0])).toBeCloseTo(2 / 5, 10);
  // What came from the cache says nothing of the time it takes.
  const cached = play(requested, started, done("sample", 1, true));
  expect(now[0] && fractionDone(now[0], cached)).toBeCloseTo(2 / 5, 10);
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
      load: { phase: "done", cached: true, ms: 3, previews: { image: picture }, digests: {} },
      encode: { phase: "failed", error },
    },
  });
});

test.each([
  ["finished", { type: "run-finished", runId: "r1", ms: 1 }],
  ["failed", { type: "run-failed", runId: "r1", error }],
  ["cancelled", { type: "run-cancelled", runId: "r1" }],
] as const)("no node is running any more once a run is %s", (phase, ending) => {
  const runs = play(
    requested,
    started,
    { type: "node-started", runId: "r1", nodeId: "load" },
    { type: "node-failed", runId: "r1", nodeId: "encode", error },
    ending,
  );
  expect(runs[0]?.phase).toBe(phase);
  expect(runs[0]?.nodes).toEqual({ encode: { phase: "failed", error } });
});

test("a rejected run keeps its issues", () => {
  const runs = play(requested, { type: "run-rejected", requestId: "q1", issues: [error] });
  expect(runs[0]).toMatchObject({ phase: "rejected", issues: [error] });
});

test("two runs do not mix", () => {
  const runs = play(
    requestRun(requested, { requestId: "q2", graph: exampleGraph }),
    started,
    { ...started, requestId: "q2", runId: "r2" },
    { type: "node-started", runId: "r2", nodeId: "load" },
  );
  expect(runs[0]?.nodes).toEqual({});
  expect(runs[1]?.nodes).toEqual({ load: { phase: "running" } });
});

test("messages that are not about a known run change nothing", () => {
  expect(play(requested, { type: "run-finished", runId: "other", ms: 1 })).toBe(requested);
  expect(play(requested, { type: "server-failed", error })).toBe(requested);
});

const snapshot = { runId: "r1", requestId: "q1", graph: exampleGraph } as const;

test("runs that the server no longer knows are lost, and ended ones stay", () => {
  const finished = play(requested, started, { type: "run-finished", runId: "r1", ms: 1 });
  expect(loseRuns(finished)).toBe(finished);
  const waiting = { requestId: "q2", graph: exampleGraph };
  expect(loseRuns(requestRun(finished, waiting)).map((run) => run.phase)).toEqual([
    ...["finished", "lost"],
  ]);
  const working = play(requested, started, { type: "node-started", runId: "r1", nodeId: "load" });
  expect(loseRuns(working)[0]?.nodes).toEqual({});
});

test("a run of another page, or of this one before a reload, is shown as if it had been followed", () => {
  const events = [
    { type: "node-finished", nodeId: "load", cached: true, ms: 3, digests: {}, previews: {} },
    { type: "node-started", nodeId: "sample" },
    { type: "node-progressed", nodeId: "sample", done: 2, total: 4, preview: picture },
  ] as const;
  const [run] = catchUp([], { ...snapshot, documentId: "d1", state: "running", events });
  expect(run).toMatchObject({
    ...snapshot,
    documentId: "d1",
    phase: "running",
    nodes: {
      load: { phase: "done", cached: true },
      sample: { phase: "running", progress: { done: 2, total: 4 }, preview: picture },
    },
  });
});

test("a job that waits is queued with its id, and one that was interrupted is lost", () => {
  const queued = play(requested, { ...snapshot, type: "run-queued" });
  expect(queued[0]).toMatchObject({ phase: "queued", runId: "r1" });
  expect(play(queued, { type: "run-cancelled", runId: "r1" })[0]?.phase).toBe("cancelled");
  const phaseOf = (state: "queued" | "interrupted") =>
    catchUp([], { ...snapshot, state, events: [] })[0]?.phase;
  expect([phaseOf("queued"), phaseOf("interrupted")]).toEqual(["queued", "lost"]);
});

test("a run that is known is caught up with in place: nothing of it counts twice", () => {
  const before = play(requested, started, { type: "node-started", runId: "r1", nodeId: "load" });
  const ending = { type: "run-finished", ms: 9 } as const;
  const runs = catchUp(loseRuns(before), { ...snapshot, state: "done", events: [ending] });
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({ phase: "finished", ms: 9 });
  expect(runs[0]?.nodes).toEqual({});
});

test("the files that a run wrote are kept by node, each once", () => {
  const saved = (path: string) =>
    ({ type: "node-saved", runId: "r1", nodeId: "save", path }) as const;
  const runs = play(requested, started, saved("a.png"), saved("b.png"), saved("a.png"));
  expect(runs[0]?.saved).toEqual({ save: ["a.png", "b.png"] });
});

test("a page that comes back goes on where it was, with the events that it has not seen", () => {
  const before = play(
    requested,
    started,
    {
      type: "node-finished",
      runId: "r1",
      nodeId: "load",
      cached: true,
      ms: 3,
      digests: {},
      previews: { picture },
      seq: 4,
    },
    { type: "node-started", runId: "r1", nodeId: "sample", seq: 7 },
  );
  expect(seenEvents(before)).toEqual(["r1:7"]);
  const rest = { ...snapshot, state: "done", after: 7 } as const;
  const events = [{ type: "run-finished", ms: 9 }] as const;
  const [run] = catchUp(loseRuns(before, [{ ...rest, events }]), { ...rest, events });
  expect(run).toMatchObject({
    phase: "finished",
    nodes: { load: { phase: "done", previews: { picture } } },
  });
});

test("runs of another document, and those that no document asked for, are not a document's own", () => {
  const of = (requestId: string, documentId?: string) =>
    requestRun([], { requestId, graph: exampleGraph, ...(documentId ? { documentId } : {}) });
  const runs = [...of("a", "d1"), ...of("b", "d2"), ...of("c")];
  expect(runsOfDocument(runs, "d1").map(({ requestId }) => requestId)).toEqual(["a"]);
  expect(runsOfDocument(runs, "d1")).toBe(runsOfDocument(runs, "d1"));
  expect(runsOfDocument(runs, undefined)).toEqual([]);
});

test("forty runs of a document are kept, however many there are of others", () => {
  const ask = (runs: Runs, requestId: string, documentId: string) =>
    requestRun(runs, { requestId, graph: exampleGraph, documentId });
  let runs = ask([], "own", "d1");
  for (let at = 0; at < 50; at++) runs = ask(runs, `other ${at}`, "d2");
  expect(runsOfDocument(runs, "d1")).toHaveLength(1);
  const others = runsOfDocument(runs, "d2").map(({ requestId }) => requestId);
  expect(others).toEqual(Array.from({ length: 40 }, (_, at) => `other ${at + 10}`));
});
