import { expect, test } from "vitest";
import { exampleGraph } from "../document/example.fixture.ts";
import {
  latestRun,
  livePreviewOf,
  nodeStates,
  ownState,
  previewsOf,
  refusals,
  type StatusSources,
  statusOf,
} from "./node-status.ts";
import { type Runs, reduceRuns, requestRun } from "./run-state.ts";

const shape = { kind: "shape", text: "[8, 128]" } as const;
const ran = reduceRuns(
  reduceRuns(requestRun([], { requestId: "q1", graph: exampleGraph }), {
    type: "run-started",
    requestId: "q1",
    runId: "r1",
    graph: exampleGraph,
  }),
  {
    type: "node-finished",
    runId: "r1",
    nodeId: "encode",
    cached: false,
    ms: 4,
    digests: {},
    previews: { latent: shape },
  },
);

const error = { code: "node.failed", what: "no", hint: "h" } as const;
const stateOf = (runs: Runs, id: string) => nodeStates(latestRun(runs)).get(id);

test("a node that stands for a graph has the most urgent state inside it", () => {
  const play = (...messages: readonly Parameters<typeof reduceRuns>[1][]) =>
    stateOf(messages.reduce(reduceRuns, ran), "use")?.phase;
  const about = (name: string) => ({ runId: "r1", nodeId: `use/${name}` });
  const started = { type: "node-started", ...about("a") } as const;
  const failed = { type: "node-failed", ...about("b"), error } as const;
  const done = { type: "node-finished", cached: true, ms: 1, digests: {}, previews: {} } as const;
  expect(play()).toBeUndefined();
  expect(play(started)).toBe("running");
  expect(play(started, { ...done, ...about("c") })).toBe("running");
  expect(play(failed, started)).toBe("failed");
  expect(play({ ...done, ...about("a") })).toBe("done");
});

test("the most important word on a node comes first", () => {
  const run = latestRun(ran);
  const state = stateOf(ran, "encode");
  const fault = { code: "graph.missing-input", what: "no", hint: "h" } as const;
  const sources: StatusSources = {
    id: "encode",
    node: { type: "generation.encode", version: 1 },
    run,
    state,
    isStale: false,
    refusal: undefined,
    fault: undefined,
  };
  const kindOf = (some: Partial<StatusSources>) => statusOf({ ...sources, ...some }).kind;
  const off = { node: { ...sources.node, muted: true }, refusal: error };
  expect(kindOf({ ...off, fault: { ...fault, code: "graph.unknown-type" } })).toBe("unknown");
  expect(kindOf(off)).toBe("muted");
  expect(kindOf({ node: { ...sources.node, bypassed: true }, refusal: error })).toBe("bypassed");
  expect(kindOf({ refusal: error, state: { phase: "running" } })).toBe("failed");
  expect(kindOf({ fault, state: { phase: "running" } })).toBe("running");
  expect(kindOf({ fault, state: { phase: "failed", error } })).toBe("failed");
  expect(kindOf({ fault })).toBe("faulty");
  expect(kindOf({})).toBe("done");
});

test("a node that a run has not come to is queued, unless it is switched off or the run is over", () => {
  const kindOf = (runs: Runs, id: string) =>
    statusOf({
      id,
      node: { type: "generation.sample", version: 1 },
      run: latestRun(runs),
      state: stateOf(runs, id),
      isStale: false,
      refusal: undefined,
      fault: undefined,
    }).kind;
  expect(kindOf(ran, "sample")).toBe("queued");
  expect(kindOf(ran, "added-since")).toBe("idle");
  expect(kindOf([], "sample")).toBe("idle");
  expect(kindOf(reduceRuns(ran, { type: "run-finished", runId: "r1", ms: 1 }), "sample")).toBe(
    "idle",
  );
  const nodes = { ...exampleGraph.nodes, sample: { type: "x", version: 1, muted: true } };
  const graph = { ...exampleGraph, nodes };
  expect(kindOf(requestRun([], { requestId: "q2", graph }), "sample")).toBe("idle");
});

test("what a node last gave stays in sight while the next run is under way", () => {
  const again = requestRun(ran, { requestId: "q2", graph: exampleGraph });
  expect(stateOf(again, "encode")).toBeUndefined();
  expect(previewsOf(again, "encode", "generation.encode")).toEqual({ latent: shape });
  expect(previewsOf(again, "sample", "generation.sample")).toBe(
    previewsOf(again, "decode", "generation.decode"),
  );
});

test("results belong to a run of a graph: another graph with the same ids shows none of them", () => {
  expect(previewsOf(ran, "encode", "image.load")).toEqual({});
  const state = stateOf(ran, "encode");
  const run = latestRun(ran);
  const own = { type: "generation.encode", isSame: false };
  expect(ownState(run, state, own, "encode")).toBe(state);
  expect(ownState(run, state, { ...own, type: "image.load" }, "encode")).toBeUndefined();
  expect(ownState(run, state, { ...own, isSame: true }, "encode")).toBe(state);
  expect(ownState(run, { phase: "failed", error }, own, "encode")).toBeUndefined();
});

test("a refusal marks a node until the node is changed", () => {
  const issue = { code: "param.range", what: "too many", nodeId: "sample", hint: "fewer" } as const;
  const refused = reduceRuns(requestRun(ran, { requestId: "q2", graph: exampleGraph }), {
    type: "run-rejected",
    requestId: "q2",
    issues: [issue],
  });
  expect(refusals(refused, exampleGraph).get("sample")).toEqual(issue);
  expect(refusals(refused, exampleGraph).get("load")).toBeUndefined();
  const { sample } = exampleGraph.nodes;
  const nodes = { ...exampleGraph.nodes, ...(sample && { sample: { ...sample } }) };
  expect(refusals(refused, { ...exampleGraph, nodes }).get("sample")).toBeUndefined();
});

test("the last live picture stays on a node that is done, and on a later cached one", () => {
  const picture = { kind: "image", mime: "image/png", base64: "AA==" } as const;
  const about = { runId: "r1", nodeId: "sample" } as const;
  const done = { type: "node-finished", cached: false, ms: 1, digests: {}, previews: {} } as const;
  const sampled = [
    { type: "node-progressed", ...about, done: 1, total: 2, preview: picture } as const,
    { ...done, ...about },
  ].reduce(reduceRuns, ran);
  expect(livePreviewOf(sampled, "sample")).toBe(picture);
  const asked = requestRun(sampled, { requestId: "q2", graph: exampleGraph });
  const again = [
    { type: "run-started", requestId: "q2", runId: "r2", graph: exampleGraph } as const,
    { ...done, cached: true, runId: "r2", nodeId: "sample" },
  ].reduce(reduceRuns, asked);
  expect(livePreviewOf(again, "sample")).toBe(picture);
  expect(livePreviewOf(again, "encode")).toBeUndefined();
});
