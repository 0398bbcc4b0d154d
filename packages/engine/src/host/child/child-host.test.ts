import { fork } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { answerGraph } from "../answer-nodes.fixture.ts";
import type { ExecutionHost } from "../execution-host.ts";
import { describeHost } from "../host.contract.ts";
import { runPid, startAnswer } from "../host-run.fixture.ts";
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

test("a process that is killed from outside fails all its runs and is replaced", async () => {
  host = openAnswerHost();
  const { pid } = await runPid(host);
  const [one, two] = [await startAnswer(host, "wait"), await startAnswer(host, "wait")];
  await Promise.all([one.reached("node-progressed"), two.reached("node-progressed")]);
  process.kill(pid, "SIGKILL");
  for (const { ended } of [one, two]) {
    expect(await ended).toMatchObject({ type: "run-failed", error: { code: "process.lost" } });
  }
  expect((await runPid(host)).pid).not.toBe(pid);
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

test("an execution process without a supervisor ends its runs, then itself", async () => {
  const child = fork(answerChild.entry, { execArgv: [...answerChild.execArgv] });
  await once(child, "message");
  child.send({ type: "run", runId: "r", graph: answerGraph("wait") });
  await once(child, "message");
  child.disconnect();
  expect(await once(child, "exit")).toEqual([0, null]);
});
