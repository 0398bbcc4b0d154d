import { expect, test } from "vitest";
import type { GraphDocument } from "../graph/document.ts";
import type { RunReport } from "../protocol/messages.ts";
import { createFakeHost } from "./fake-host.fixture.ts";
import { createRunLog } from "./run-log.ts";

const empty: GraphDocument = { format: "insightgraph", version: 1, nodes: {} };
const graph: GraphDocument = { ...empty, nodes: { a: { type: "test.answer", version: 1 } } };

function openLog() {
  const host = createFakeHost();
  const log = createRunLog(host);
  const start = async (requestId: string) => {
    const run = await log.start({ requestId, graph });
    const at = host.runs.at(-1);
    if (!("runId" in run) || at === undefined) throw new Error("the run was rejected");
    return { ...run, ...at };
  };
  return { log, start };
}

test("every subscriber gets a run's start, its events and its ending", async () => {
  const { log, start } = openLog();
  const reports: RunReport[][] = [[], []];
  for (const own of reports) log.subscribe((report) => own.push(report));
  const { runId, emit } = await start("q");
  emit({ type: "node-started", nodeId: "a" });
  emit({ type: "run-finished", ms: 3 });
  for (const own of reports) {
    expect(own).toEqual([
      { type: "run-started", runId, requestId: "q", graph },
      { type: "node-started", nodeId: "a", runId },
      { type: "run-finished", ms: 3, runId },
    ]);
  }
});

test("a run goes on when the last subscriber leaves, and is there for the next one", async () => {
  const { log, start } = openLog();
  const heard: RunReport[] = [];
  const leave = log.subscribe((report) => heard.push(report));
  const { runId, emit, isCancelled } = await start("q");
  leave();
  emit({ type: "node-started", nodeId: "a" });
  expect(heard).toHaveLength(1);
  expect(isCancelled()).toBe(false);
  const events = [{ type: "node-started", nodeId: "a" }];
  expect(log.runs()).toEqual([{ runId, requestId: "q", graph, events }]);
});

test("cancel asks for the end of one run, and knows no other", async () => {
  const { log, start } = openLog();
  const [one, two] = [await start("1"), await start("2")];
  log.cancel(one.runId);
  log.cancel("unknown");
  expect([one.isCancelled(), two.isCancelled()]).toEqual([true, false]);
});

test("a rejected graph leaves no run", async () => {
  const { log } = openLog();
  const rejected = await log.start({ requestId: "q", graph: empty });
  expect(rejected).toMatchObject({ issues: [{ code: "graph.nothing-wanted" }] });
  expect(log.runs()).toEqual([]);
});

test("what is remembered is bounded: 20 ended runs, and every one still running", async () => {
  const { log, start } = openLog();
  await start("running");
  for (let n = 0; n < 22; n++) {
    const { emit } = await start(`${n}`);
    emit({ type: "run-finished", ms: 1 });
  }
  const remembered = log.runs().map(({ requestId }) => requestId);
  expect(remembered).toHaveLength(21);
  expect(remembered.slice(0, 2)).toEqual(["running", "2"]);
});
