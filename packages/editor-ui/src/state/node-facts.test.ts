import { checkGraph } from "@insightgraph/engine/graph";
import type { ServerMessage } from "@insightgraph/engine/protocol";
import { produce } from "immer";
import { expect, test } from "vitest";
import { type Runs, reduceRuns, requestRun } from "../connection/run-state.ts";
import { disconnect, type GraphEdit, removeNodes, setParam, toggle } from "../document/edits.ts";
import { exampleCatalogue, exampleGraph } from "../document/example.fixture.ts";
import { type FactSources, indexNodes, type NodeIndex, updateNodes } from "./node-facts.ts";

const idle: FactSources = { graph: exampleGraph, issues: [], runs: [] };
const running: FactSources = {
  ...idle,
  runs: reduceRuns(requestRun([], { requestId: "q1", graph: exampleGraph }), {
    type: "run-started",
    requestId: "q1",
    runId: "r1",
    graph: exampleGraph,
  }),
};
const error = { code: "node.failed", what: "no", nodeId: "encode", hint: "yes" } as const;
const events: readonly ServerMessage[] = [
  { type: "node-started", runId: "r1", nodeId: "load" },
  {
    type: "node-finished",
    runId: "r1",
    nodeId: "load",
    cached: false,
    ms: 3,
    digests: {},
    previews: { image: { kind: "text", text: "seen" } },
  },
  { type: "node-started", runId: "r1", nodeId: "encode" },
  { type: "node-logged", runId: "r1", nodeId: "encode", text: "half way" },
  { type: "node-progressed", runId: "r1", nodeId: "encode", done: 1, total: 2 },
  { type: "node-failed", runId: "r1", nodeId: "encode", error },
  { type: "run-failed", runId: "r1", error },
];
const fresh = (sources: FactSources): NodeIndex => indexNodes(sources, new Map());

function edited(sources: FactSources, edit: GraphEdit): FactSources {
  const graph = produce(sources.graph, edit);
  return { ...sources, graph, issues: checkGraph(graph, exampleCatalogue).issues };
}

test("after each event the facts are those of a fresh start", () => {
  let [sources, index] = [running, fresh(running)];
  for (const event of events) {
    const next = { ...sources, runs: reduceRuns(sources.runs, event) };
    index = updateNodes(index, sources, next);
    expect(index).toEqual(fresh(next));
    sources = next;
  }
  expect(index.get("load")?.status.kind).toBe("done");
  expect(index.get("load")?.previews).toEqual({ image: { kind: "text", text: "seen" } });
  expect(index.get("encode")?.status.kind).toBe("failed");
  expect(index.get("encode")?.log).toBe("half way");
});

test("a new run, its end and a lost run are seen by every node", () => {
  const ran: Runs = events.reduce(reduceRuns, running.runs);
  const request = { requestId: "q2", graph: exampleGraph };
  const again = { ...running, runs: requestRun(ran, request) };
  const index = updateNodes(fresh({ ...running, runs: ran }), { ...running, runs: ran }, again);
  expect(index).toEqual(fresh(again));
  expect(index.get("decode")?.status.kind).toBe("queued");
});

test("a run that is reported anew starts from nothing", () => {
  const ran = { ...running, runs: events.slice(0, 3).reduce(reduceRuns, running.runs) };
  const about = { requestId: "q1", runId: "r1", graph: exampleGraph };
  const anew = { ...ran, runs: reduceRuns(ran.runs, { type: "run-started", ...about }) };
  expect(updateNodes(fresh(ran), ran, anew)).toEqual(fresh(anew));
});

test("progress touches one node alone", () => {
  const index = fresh(running);
  const started = events.slice(0, 1).reduce(reduceRuns, running.runs);
  const next = updateNodes(index, running, { ...running, runs: started });
  const changed = [...next].filter(([id, facts]) => facts !== index.get(id)).map(([id]) => id);
  expect(changed).toEqual(["load"]);
});

test("an edit outdates results after it, and takes an outdated failure away", () => {
  const done = { ...running, runs: events.slice(0, 2).reduce(reduceRuns, running.runs) };
  const statusAfter = (sources: FactSources, edit: GraphEdit, id: string) =>
    fresh(edited(sources, edit)).get(id)?.status;
  expect(fresh(done).get("load")?.status).toMatchObject({ kind: "done", isStale: false });
  const changed = setParam("load", "path", "b.png");
  expect(statusAfter(done, changed, "load")).toMatchObject({ kind: "done", isStale: true });
  const moved = setParam("sample", "steps", 3);
  expect(statusAfter(done, moved, "load")).toMatchObject({ kind: "done", isStale: false });
  const failed = { ...running, runs: events.reduce(reduceRuns, running.runs) };
  expect(fresh(failed).get("encode")?.status.kind).toBe("failed");
  expect(statusAfter(failed, changed, "encode")?.kind).toBe("idle");
});

test("an event inside a node that stands for a graph touches that node", () => {
  const graph = { ...exampleGraph, nodes: { use: { type: "graph:a", version: 1 } } };
  const sources = { ...running, graph, runs: running.runs.map((run) => ({ ...run, graph })) };
  const [event] = events;
  const inner = { ...event, nodeId: "use/load" } as ServerMessage;
  const next = { ...sources, runs: reduceRuns(sources.runs, inner) };
  const index = updateNodes(fresh(sources), sources, next);
  expect(index.get("use")?.status.kind).toBe("running");
});

test("an edit is seen by the nodes it concerns; the others keep their facts", () => {
  const index = fresh(idle);
  const cut = edited(idle, disconnect({ node: "decode", input: "latent" }));
  const next = updateNodes(index, idle, cut);
  expect(next).toEqual(fresh(cut));
  expect(next.get("decode")?.status.kind).toBe("faulty");
  expect(next.get("sample")?.linkedOutputs.size).toBe(0);
  const changed = [...next].filter(([id, facts]) => facts !== index.get(id)).map(([id]) => id);
  expect(changed).toEqual(["sample", "decode"]);

  const muted = edited(idle, toggle(["load"], "muted"));
  expect(updateNodes(index, idle, muted).get("load")?.status.kind).toBe("muted");
  const gone = edited(idle, removeNodes(["load"]));
  expect(updateNodes(index, idle, gone).has("load")).toBe(false);
});

test("a change that concerns no node keeps the index", () => {
  const index = fresh(idle);
  expect(updateNodes(index, idle, { ...idle })).toBe(index);
});
