import { fork } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import type { GraphDocument } from "../graph/document.ts";
import type { RunEnding } from "../protocol/messages.ts";
import { createExecutionHost, type ExecutionHost, type HostEvent } from "./execution-host.ts";

const hosts: ExecutionHost[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
});

function openHost(graceMs = 5000): ExecutionHost {
  const host = createExecutionHost({
    entry: new URL("./execution-child.fixture.ts", import.meta.url),
    execArgv: ["--conditions=@insightgraph/source", "--import", "tsx"],
    graceMs,
  });
  hosts.push(host);
  return host;
}

function graphOf(how: string): GraphDocument {
  const node = { type: "test.answer", version: 1, params: { how } };
  return { format: "insightgraph", version: 1, nodes: { a: node } };
}

/** Starts a run; `at` resolves when an event of the type comes, `ended` when it is over. */
async function start(host: ExecutionHost, how: string) {
  const events: HostEvent[] = [];
  const waiting: (() => void)[] = [];
  const run = await host.run({ graph: graphOf(how) }, (event) => {
    events.push(event);
    for (const wake of waiting) wake();
  });
  if (run.issues !== undefined) throw new Error(run.issues[0]?.what);
  const at = (type: HostEvent["type"]): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => void (events.some((event) => event.type === type) && resolve());
      waiting.push(look);
      look();
    });
  return { ...run, events, at };
}

async function answerOf(host: ExecutionHost): Promise<{ ending: RunEnding; pid: string }> {
  const { ended, events } = await start(host, "pid");
  const ending = await ended;
  const done = events.find((event) => event.type === "node-finished");
  const preview = done?.type === "node-finished" ? done.previews["text"] : undefined;
  return { ending, pid: preview?.kind === "text" ? preview.text : "" };
}

describe("execution host", () => {
  test("runs a graph in another process, which keeps its results", async () => {
    const host = openHost();
    expect(Object.keys((await host.facts()).catalogue)).toEqual(["test.answer", "test.grown"]);
    const { ended, events, runId } = await start(host, "pid");
    expect(await ended).toMatchObject({ type: "run-finished", runId });
    expect(events.map(({ type }) => type)).toEqual([
      "node-started",
      "node-progressed",
      "node-logged",
      "node-finished",
      "run-finished",
    ]);
    expect(events.at(3)).toMatchObject({
      cached: false,
      previews: { text: { kind: "text", text: String(host.pid) } },
    });
    const again = await start(host, "pid");
    await again.ended;
    expect(again.events).toContainEqual(expect.objectContaining({ cached: true }));
  });

  test("refuses a graph with issues before anything runs", async () => {
    const host = openHost();
    const refused = await host.run({ graph: graphOf("sing") }, () => {});
    expect(refused.issues).toMatchObject([{ code: "param.option", nodeId: "a" }]);
  });

  test("brings a graph up to the versions of its nodes", async () => {
    const host = openHost();
    const old = { type: "test.grown", version: 1, params: { says: "hello" } };
    const graph = { ...graphOf("pid"), nodes: { ...graphOf("pid").nodes, b: old } };
    expect((await host.migrate(graph)).nodes["b"]).toEqual({
      ...{ type: "test.grown", version: 2, params: { words: "hello" } },
    });
    const current = graphOf("pid");
    expect(await host.migrate(current)).toBe(current);
  });

  test("a graph comes back even where the process ends meanwhile", async () => {
    const host = openHost();
    await host.facts();
    const graph = {
      ...graphOf("pid"),
      nodes: { b: { type: "test.grown", version: 1 } },
    };
    const migrating = host.migrate(graph);
    if (host.pid !== undefined) process.kill(host.pid, "SIGKILL");
    expect((await migrating).nodes["b"]).toMatchObject({ type: "test.grown" });
  });

  test("a failing node fails the run, and the process stays", async () => {
    const host = openHost();
    const { ended } = await start(host, "fail");
    const { pid } = host;
    expect(await ended).toMatchObject({
      type: "run-failed",
      error: { code: "node.failed", nodeId: "a", what: "asked to fail" },
    });
    expect(host.pid).toBe(pid);
  });

  test.each(["crash", "exit"])("%s: the run fails clearly and the next one works", async (how) => {
    const host = openHost();
    const { ended } = await start(host, how);
    expect(await ended).toMatchObject({ type: "run-failed", error: { code: "process.lost" } });
    expect((await answerOf(host)).ending.type).toBe("run-finished");
  });

  test("survives a kill from outside, also with two runs under way", async () => {
    const host = openHost();
    const [one, two] = [await start(host, "wait"), await start(host, "wait")];
    await Promise.all([one.at("node-progressed"), two.at("node-progressed")]);
    const before = host.pid;
    if (before !== undefined) process.kill(before, "SIGKILL");
    for (const { ended } of [one, two]) {
      expect(await ended).toMatchObject({ type: "run-failed", error: { code: "process.lost" } });
    }
    const { pid } = await answerOf(host);
    expect(pid).not.toBe(String(before));
  });

  test("cancel ends a run that listens, and the process stays", async () => {
    const host = openHost();
    const { ended, cancel, at } = await start(host, "wait");
    await at("node-progressed");
    const { pid } = host;
    cancel();
    expect((await ended).type).toBe("run-cancelled");
    expect(host.pid).toBe(pid);
  });

  test("cancel kills a process that does not listen", async () => {
    const host = openHost(50);
    const { ended, cancel, at } = await start(host, "hang");
    await at("node-progressed");
    cancel();
    expect((await ended).type).toBe("run-cancelled");
    expect((await answerOf(host)).ending.type).toBe("run-finished");
  });

  test("tells why the process cannot start", async () => {
    process.env["FIXTURE_REFUSES"] = "1";
    try {
      const host = openHost();
      await expect(host.facts()).rejects.toThrow("asked not to start");
    } finally {
      delete process.env["FIXTURE_REFUSES"];
    }
  });
});

test("an execution process that nobody hears any more ends what it does, then itself", async () => {
  const child = fork(new URL("./execution-child.fixture.ts", import.meta.url), {
    execArgv: ["--conditions=@insightgraph/source", "--import", "tsx"],
  });
  await once(child, "message");
  child.send({ type: "run", runId: "r", graph: graphOf("wait") });
  await once(child, "message");
  child.disconnect();
  expect(await once(child, "exit")).toEqual([0, null]);
});
