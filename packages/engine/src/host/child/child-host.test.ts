import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { answerGraph } from "../answer-nodes.fixture.ts";
import type { ExecutionHost } from "../execution-host.ts";
import { describeHost } from "../host.contract.ts";
import { runPid, startAnswer } from "../host-run.fixture.ts";
import { type ChildHostOptions, createChildHost } from "./child-host.ts";
import { answerChild, openAnswerHost } from "./open-answer-host.fixture.ts";

describeHost("child host", openAnswerHost);

let host: ExecutionHost | undefined;
afterEach(() => host?.close());

test("a graph runs in another process, which survives a failed and a cancelled run", async () => {
  host = openAnswerHost();
  const { pid } = await runPid(host);
  expect(pid).not.toBe(process.pid);
  await (await startAnswer(host, "fail")).ended;
  const waiting = await startAnswer(host, "wait");
  await waiting.reached("node-progressed");
  waiting.cancel();
  await waiting.ended;
  expect((await runPid(host)).pid).toBe(pid);
});

test("[H2] [H4] runs whose process is killed from outside go on, one alone fails", async () => {
  host = openAnswerHost();
  const { pid } = await runPid(host);
  const [one, two] = [
    await startAnswer(host, "wait"),
    await startAnswer(host, "wait", { name: "two" }),
  ];
  await Promise.all([one.reached("node-progressed"), two.reached("node-progressed")]);
  process.kill(pid, "SIGKILL");
  expect((await runPid(host)).pid).not.toBe(pid);
  for (const run of [one, two]) {
    run.cancel();
    expect(await run.ended).toEqual({ type: "run-cancelled" });
  }
  const alone = await startAnswer(host, "wait", { name: "alone" });
  await alone.reached("node-progressed");
  process.kill((await runPid(host)).pid, "SIGKILL");
  expect(await alone.ended).toMatchObject({ error: { code: "process.lost" } });
});

function openLimited(limits: Partial<ChildHostOptions>): ExecutionHost {
  return createChildHost({ ...answerChild, ...limits });
}

test("[H4] a run that fills the heap fails for lack of memory", async () => {
  host = openLimited({ execArgv: [...answerChild.execArgv, "--max-old-space-size=100"] });
  const { ended } = await startAnswer(host, "heap");
  expect(await ended).toMatchObject({ error: { code: "process.memory", nodeId: "a" } });
});

test("[H4] a run that needs too much memory fails before the system has none", async () => {
  host = openLimited({ maxBytes: 512 * 1024 ** 2 });
  const { ended } = await startAnswer(host, "memory");
  expect(await ended).toMatchObject({
    error: { code: "process.memory", nodeId: "a", what: expect.stringContaining("512 MB") },
  });
  expect((await runPid(host)).ending.type).toBe("run-finished");
});

test("[H4] a run that blocks its process for longer than the limit fails", async () => {
  host = openLimited({ stallMs: 1500 });
  const { ended } = await startAnswer(host, "spin");
  expect(await ended).toMatchObject({ error: { code: "process.stalled", nodeId: "a" } });
});

test("a process that is stopped from outside is given up", async () => {
  host = openLimited({ silentMs: 3000 });
  const { pid } = await runPid(host);
  const { ended, reached } = await startAnswer(host, "wait");
  await reached("node-progressed");
  process.kill(pid, "SIGSTOP");
  expect(await ended).toMatchObject({ error: { code: "process.lost" } });
});

test("a process is replaced between two runs once it has too much memory", async () => {
  host = openLimited({ recycleBytes: 1 });
  const { pid } = await runPid(host);
  let next = pid;
  while (next === pid) next = (await runPid(host)).pid;
  expect(next).not.toBe(pid);
});

test("a folder that is not there is named", async () => {
  host = openLimited({ cwd: path.join(tmpdir(), "insightgraph-vanished") });
  await expect(host.facts()).rejects.toThrow('insightgraph-vanished" is not there');
});

test("[H4] a lost process blames no node if several were at work", async () => {
  host = openAnswerHost();
  const { pid } = await runPid(host);
  const { a } = answerGraph("wait").nodes;
  if (a === undefined) throw new Error("the graph has no node a");
  const atWork = new Set<string>();
  let onBoth = (): void => {};
  const both = new Promise<void>((resolve) => {
    onBoth = resolve;
  });
  const b = { ...a, params: { ...a.params, name: "b" } };
  const graph = { ...answerGraph("wait"), nodes: { a, b } };
  const run = await host.run({ graph }, (event) => {
    if (event.type === "node-progressed") atWork.add(event.nodeId);
    if (atWork.size === 2) onBoth();
  });
  await both;
  process.kill(pid, "SIGKILL");
  const ending = run.issues === undefined ? await run.ended : undefined;
  expect(ending).toMatchObject({ type: "run-failed", error: { code: "process.lost" } });
  expect(ending).not.toHaveProperty("error.nodeId");
});

test("a run that is cancelled twice and complies costs the process nothing", async () => {
  const graceMs = 600;
  host = openAnswerHost(graceMs);
  const { pid } = await runPid(host);
  const { ended, cancel, reached } = await startAnswer(host, "wait");
  await reached("node-progressed");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  cancel();
  cancel();
  await ended;
  vi.advanceTimersByTime(2 * graceMs);
  vi.useRealTimers();
  expect((await runPid(host)).pid).toBe(pid);
});

test("[H5] a process that never became ready is restarted only on demand", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-host-"));
  const starts = path.join(folder, "starts");
  process.env["FIXTURE_STARTS"] = starts;
  try {
    const startMs = performance.now();
    host = openAnswerHost();
    await expect(host.facts()).rejects.toMatchObject({ code: "process.lost" });
    // Long enough for another start on a machine as busy as this one.
    await setTimeout(2 * (performance.now() - startMs));
    expect(await readFile(starts, "utf8")).toBe("x");
    await expect(host.facts()).rejects.toMatchObject({ code: "process.lost" });
    expect(await readFile(starts, "utf8")).toBe("xx");
  } finally {
    delete process.env["FIXTURE_STARTS"];
    await rm(folder, { recursive: true });
  }
});

test("a graph that is being migrated comes back even if the process ends", async () => {
  host = openAnswerHost();
  const { pid } = await runPid(host);
  const graph = { ...answerGraph("pid"), nodes: { b: { type: "test.grown", version: 1 } } };
  const migrating = host.migrate(graph);
  process.kill(pid, "SIGKILL");
  expect((await migrating).nodes["b"]).toMatchObject({ type: "test.grown" });
});

test("says why the process cannot start, each time it is asked", async () => {
  process.env["FIXTURE_REFUSES"] = "1";
  try {
    host = openAnswerHost();
    await expect(host.facts()).rejects.toThrow("asked not to start");
    await expect(host.facts()).rejects.toThrow("asked not to start");
  } finally {
    delete process.env["FIXTURE_REFUSES"];
  }
});

test("[H7] an execution process without a supervisor ends its runs, then itself", async () => {
  const child = fork(answerChild.entry, { execArgv: [...answerChild.execArgv] });
  await once(child, "message");
  child.send({ type: "run", runId: "r", graph: answerGraph("wait") });
  await once(child, "message");
  child.disconnect();
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("a process that a native call blocks ends soon after its supervisor", async ({
  onTestFailed,
}) => {
  const script = new URL("./lone-supervisor.fixture.ts", import.meta.url);
  // The process writes where its supervisor does, so this closes when both have ended.
  const stdio = ["ignore", "inherit", "pipe", "ipc"] as const;
  const supervisor = fork(script, { execArgv: [...answerChild.execArgv], stdio: [...stdio] });
  supervisor.stderr?.resume();
  const [pid] = (await once(supervisor, "message")) as [number];
  expect(process.kill(pid, 0)).toBe(true);
  onTestFailed(() => void process.kill(pid, "SIGKILL"));
  supervisor.kill("SIGKILL");
  await once(supervisor, "close");
});
