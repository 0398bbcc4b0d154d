import { afterEach, describe, expect, test } from "vitest";
import { answerGraph } from "./answer-nodes.fixture.ts";
import type { ExecutionHost } from "./execution-host.ts";
import { runPid, startAnswer } from "./host-run.fixture.ts";

/**
 * What every execution host must do.
 * @param openHost Opens a host that serves the nodes of `answerRegistry`.
 */
export function describeHost(name: string, openHost: (graceMs?: number) => ExecutionHost): void {
  const hosts: ExecutionHost[] = [];
  afterEach(async () => {
    for (const host of hosts.splice(0)) await host.close();
  });
  const open = (graceMs?: number): ExecutionHost => {
    const host = openHost(graceMs);
    hosts.push(host);
    return host;
  };

  describe(name, () => {
    test("[H2] has a catalogue and runs a graph, event by event", async () => {
      const host = open();
      expect(Object.keys((await host.facts()).catalogue)).toEqual(["test.answer", "test.grown"]);
      const { ended, events } = await startAnswer(host, "pid");
      expect(events).toEqual([]);
      expect(await ended).toEqual({ type: "run-finished", ms: expect.any(Number) });
      expect(events.map(({ type }) => type)).toEqual([
        "node-started",
        "node-progressed",
        "node-logged",
        "node-finished",
        "run-finished",
      ]);
      expect(events.at(3)).toMatchObject({ nodeId: "a", cached: false });
    });

    test("tells the memory of its process, and how much that may have", async () => {
      const host = open();
      expect(host.memory()).toEqual([]);
      const { devices } = await host.facts();
      await expect.poll(() => host.memory()[0]?.usedBytes).toBeGreaterThan(0);
      const [memory] = host.memory();
      expect(memory?.device).toBe(devices[0]);
      expect(memory?.limitBytes).toBeGreaterThan(memory?.usedBytes ?? 0);
    });

    test("keeps results between runs", async () => {
      const host = open();
      await runPid(host);
      const { ended, events } = await startAnswer(host, "pid");
      await ended;
      expect(events).toContainEqual(expect.objectContaining({ nodeId: "a", cached: true }));
    });

    test("[H1] rejects a graph with issues before anything runs", async () => {
      const host = open();
      const rejected = await host.run({ graph: answerGraph("sing") }, () => {});
      expect(rejected.issues).toMatchObject([{ code: "param.option", nodeId: "a" }]);
      expect(await host.check({ graph: answerGraph("sing") })).toEqual(rejected.issues);
      expect(await host.check({ graph: answerGraph("fail") })).toEqual([]);
    });

    test("migrates a graph's nodes, and leaves a current graph as it is", async () => {
      const host = open();
      const old = { type: "test.grown", version: 1, params: { says: "hello" } };
      const graph = { ...answerGraph("pid"), nodes: { b: old } };
      const { nodes } = await host.migrate(graph);
      expect(nodes["b"]).toEqual({ type: "test.grown", version: 2, params: { words: "hello" } });
      const current = answerGraph("pid");
      expect(await host.migrate(current)).toBe(current);
    });

    test("[H2] a failing node fails its run, and the next run works", async () => {
      const host = open();
      const { ended, events } = await startAnswer(host, "fail");
      expect(await ended).toMatchObject({
        type: "run-failed",
        error: { code: "node.failed", nodeId: "a", what: "asked to fail" },
      });
      expect(events.at(-1)).toEqual(await ended);
      expect((await runPid(host)).ending.type).toBe("run-finished");
    });

    test.each(["crash", "exit"])("[H4] %s: the run fails, and the next one works", async (how) => {
      const host = open();
      const { ended } = await startAnswer(host, how);
      expect(await ended).toMatchObject({
        type: "run-failed",
        error: { code: "process.crashed", nodeId: "a" },
      });
      expect((await runPid(host)).ending.type).toBe("run-finished");
    });

    test("[H3] cancel ends its own run and no other", async () => {
      const host = open();
      const [one, two] = [await startAnswer(host, "wait"), await startAnswer(host, "wait")];
      await Promise.all([one.reached("node-progressed"), two.reached("node-progressed")]);
      one.cancel();
      expect(await one.ended).toEqual({ type: "run-cancelled" });
      expect(two.events.map(({ type }) => type)).not.toContain("run-cancelled");
      two.cancel();
      expect(await two.ended).toEqual({ type: "run-cancelled" });
    });

    test.each(["hang", "spin"])(
      "[H3] cancel ends a run that %ss; the others go on",
      async (how) => {
        const host = open(50);
        const { ended, cancel, reached, events } = await startAnswer(host, how);
        await reached("node-started");
        const other = await startAnswer(host, "pid");
        cancel();
        expect(await ended).toEqual({ type: "run-cancelled" });
        expect((await other.ended).type).toBe("run-finished");
        expect(events.filter(({ type }) => type === "run-cancelled")).toHaveLength(1);
      },
    );

    test("[H4] a run that crashes takes no other run with it", async () => {
      const host = open();
      const waiting = await startAnswer(host, "wait");
      await waiting.reached("node-progressed");
      const crashing = await startAnswer(host, "crash");
      expect(await crashing.ended).toMatchObject({ error: { code: "process.crashed" } });
      expect(waiting.events.map(({ type }) => type)).not.toContain("run-failed");
      waiting.cancel();
      expect(await waiting.ended).toEqual({ type: "run-cancelled" });
    });

    test("requests wait while a process dies and another one starts", async () => {
      const host = open();
      const { pid } = await runPid(host);
      process.kill(pid, "SIGKILL");
      const runs = await Promise.all(
        ["1", "2", "3"].map((name) => startAnswer(host, "pid", { name })),
      );
      for (const { ended } of runs) expect((await ended).type).toBe("run-finished");
      expect(await host.migrate(answerGraph("pid"))).toEqual(answerGraph("pid"));
    });

    test("[H6] close cancels what is running, and then everything is refused", async () => {
      const host = open();
      const { ended, reached } = await startAnswer(host, "wait");
      await reached("node-progressed");
      await host.close();
      expect(await ended).toEqual({ type: "run-cancelled" });
      await expect(host.facts()).rejects.toMatchObject({ code: "process.lost" });
      await expect(host.run({ graph: answerGraph("pid") }, () => {})).rejects.toMatchObject({
        code: "process.lost",
      });
    });
  });
}
