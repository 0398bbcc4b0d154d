import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { queryPostgres, startPostgres } from "../postgres/postgres-server.fixture.ts";
import { openTaskQueue } from "./pg-boss-queue.ts";
import type { ClaimedTask, TaskItem } from "./task.ts";
import { able, plainRun } from "./task-run.fixture.ts";

const server = await startPostgres();
const run = plainRun("run-1");
const items: readonly TaskItem[] = ["a", "b", "c", "d"].map((key) => ({
  ...{ key, fingerprint: `of ${key}`, input: { value: key } },
}));

function outcomesOf({ items: taken }: Pick<ClaimedTask, "items">) {
  return taken.map(({ key, fingerprint }) => ({ key, fingerprint, outcome: `made ${key}` }));
}

describe.skipIf(server === undefined)("tasks in PostgreSQL", () => {
  let address = "";
  let queue: Awaited<ReturnType<typeof openTaskQueue>>;
  beforeEach(async () => {
    address = (await server?.newDatabase()) ?? "";
    queue = await openTaskQueue(address, () => {});
    await queue.begin(run);
  });
  afterEach(() => queue.close());
  afterAll(() => server?.stop());

  const claim = async (): Promise<ClaimedTask> => {
    for (;;) {
      const task = await queue.claim(able);
      if (task !== undefined) return task;
    }
  };
  /** As if the workers that have tasks had not been heard of for a minute. */
  const letWorkersDie = () =>
    queryPostgres(
      address,
      "UPDATE pgboss.job SET heartbeat_on = now() - interval '1 minute' WHERE state = 'active'",
    );
  const kept = async () =>
    (await queue.outcomes(run.id, 0, 99)).map(({ key, outcome }) => [key, outcome]);

  test("[T1] a task is done once: its outcomes come in one piece, in the order of commits", async () => {
    await queue.submit(run.id, [items.slice(0, 2), items.slice(2)]);
    const [one, two] = [await claim(), await claim()];
    expect(await queue.claim(able)).toBeUndefined();
    expect(await queue.commit(two, outcomesOf(two), [])).toBe(true);
    expect(await queue.commit(one, outcomesOf(one), [])).toBe(true);
    expect(await queue.commit(one, outcomesOf(one), [])).toBe(false);
    expect((await kept()).map(([key]) => key)).toEqual(["c", "d", "a", "b"]);
    const [first] = await queue.outcomes(run.id, 0, 1);
    expect((await queue.outcomes(run.id, first?.place ?? 0, 99)).map(({ key }) => key)).toEqual([
      ...["d", "a", "b"],
    ]);
  });

  test("[T2] a worker that was thought dead commits nothing, and learns that it lost its task", async () => {
    await queue.submit(run.id, [items.slice(0, 1)]);
    const zombie = await claim();
    await letWorkersDie();
    const successor = await claim();
    expect(successor).toMatchObject({ id: zombie.id, deaths: 1 });
    expect(await queue.beat(zombie)).toBe("lost");
    expect(await queue.beat(successor)).toBe("own");
    expect(await queue.commit(zombie, [{ ...outcomesOf(zombie)[0], key: "a" } as never], [])).toBe(
      false,
    );
    expect(await kept()).toEqual([]);
    expect(await queue.commit(successor, outcomesOf(successor), [])).toBe(true);
    expect(await queue.commit(zombie, outcomesOf(zombie), [])).toBe(false);
    expect(await kept()).toEqual([["a", "made a"]]);
  });

  test("[T3] a worker gives back what it has not done, and keeps what it has", async () => {
    await queue.submit(run.id, [items]);
    const task = await claim();
    const done = outcomesOf({ items: items.slice(0, 1) });
    expect(await queue.commit(task, done, [items.slice(1, 3), items.slice(3)])).toBe(true);
    expect(await kept()).toEqual([["a", "made a"]]);
    const rest = [await claim(), await claim()];
    expect(rest.map(({ items: left, deaths }) => [left.length, deaths])).toEqual([
      [2, 0],
      [1, 0],
    ]);
  });

  test("[T4] the item over which three workers died is given to no other one, and told", async () => {
    await queue.submit(run.id, [items.slice(0, 1)]);
    for (const deaths of [0, 1, 2]) {
      expect(await claim()).toMatchObject({ deaths });
      expect(await queue.takeDead(run.id)).toEqual([]);
      await letWorkersDie();
    }
    for (let dead: readonly TaskItem[] = []; dead.length === 0; ) {
      dead = await queue.takeDead(run.id);
      if (dead.length > 0) expect(dead).toEqual(items.slice(0, 1));
    }
    expect(await queue.claim(able)).toBeUndefined();
  });

  test("[T5] a worker with other nodes gets no task", async () => {
    await queue.submit(run.id, [items]);
    expect(await queue.claim({ ...able, nodes: "others" })).toBeUndefined();
    expect(await queue.refused({ ...able, nodes: "others" })).toEqual([
      { run: run.id, reason: "nodes" },
    ]);
    expect(await queue.refused(able)).toEqual([]);
    expect(await queue.description(run.id)).toEqual(run.description);
  });

  test("[T5] a worker of another protocol version gets no task, and knows why", async () => {
    await queue.submit(run.id, [items]);
    await queryPostgres(address, "UPDATE runs SET protocol = protocol + 1");
    expect(await queue.claim(able)).toBeUndefined();
    expect(await queue.refused(able)).toEqual([{ run: run.id, reason: "protocol" }]);
  });

  test("runs are taken in the order in which they began, by the database's clock", async () => {
    const before = vi.spyOn(Date, "now").mockReturnValue(0);
    await queue.begin(plainRun("run-2"));
    before.mockRestore();
    for (const id of ["run-2", run.id]) await queue.submit(id, [items]);
    expect(await claim()).toMatchObject({ run: run.id });
  });

  test("[T6] of a run that has ended nothing is kept, and who is at it learns of it", async () => {
    await queue.submit(run.id, [items.slice(0, 2), items.slice(2)]);
    const task = await claim();
    await queue.end(run.id);
    expect(await queue.beat(task)).toBe("lost");
    expect(await queue.commit(task, outcomesOf(task), [items.slice(2)])).toBe(false);
    expect(await queue.claim(able)).toBeUndefined();
    expect(await queue.description(run.id)).toBeUndefined();
    expect(await kept()).toEqual([]);
    await queue.end(run.id);
    await queue.end("of-another-database");
    expect(await queue.takeDead("of-another-database")).toEqual([]);
  });

  test("[T8] runs of a higher priority go first; a paused or cancelled one waits, and what a worker has of it is unwanted", async () => {
    await queue.begin({ ...run, id: "urgent", priority: 5 });
    await queue.submit(run.id, [items.slice(0, 1), items.slice(1)]);
    await queue.submit("urgent", [items]);
    const urgent = await claim();
    expect(urgent.run).toBe("urgent");
    const task = await claim();
    expect(await queue.change(run.id, { isPaused: true })).toBe(true);
    expect(await queue.beat(task)).toBe("unwanted");
    expect(await queue.commit(task, [], [task.items])).toBe(true);
    expect(await queue.claim(able)).toBeUndefined();
    await queue.change(run.id, { isPaused: false });
    expect((await claim()).run).toBe(run.id);
    await queue.change("urgent", { isCancelled: true });
    expect([await queue.isCancelled("urgent"), await queue.isCancelled(run.id)]).toEqual([
      ...[true, false],
    ]);
    expect(await queue.beat(urgent)).toBe("unwanted");
    expect(await queue.change("gone", { priority: 1 })).toBe(false);
  });

  test("[T8] a run whose outcomes nobody takes gives out no more tasks", async () => {
    const many = Array.from({ length: 5000 }, (_, at) => {
      return { key: `k${at}`, fingerprint: "f", input: null };
    });
    await queue.submit(run.id, [many, items]);
    const task = await claim();
    await queue.commit(task, outcomesOf(task), []);
    expect(await queue.claim(able)).toBeUndefined();
    const [first] = await queue.outcomes(run.id, 0, 1);
    await queue.outcomes(run.id, first?.place ?? 0, 1);
    expect((await claim()).items).toHaveLength(items.length);
  });

  test("[T9] people see workers, tasks, what failed and why a run waits", async () => {
    const report = {
      ...{ machine: "studio", device: "cuda:0", memory: { freeBytes: 1, totalBytes: 2 } },
      ...{ models: ["m"], version: "0.1.0", nodes: "n", done: 3, failed: 1, upMs: 60_000 },
      task: { run: run.id, title: "Pictures", items: 2, sinceMs: 10 },
    };
    for (const task of [items.slice(0, 2), items.slice(2)]) await queue.submit(run.id, [task]);
    const waits = async () => (await queue.runs())[0]?.waits;
    expect(await waits()).toEqual({ reason: "no-worker" });
    await queue.report("w", { ...report, nodes: "others" });
    expect(await waits()).toEqual({ reason: "nodes" });
    await queue.report("w", report);
    expect(await waits()).toBeUndefined();
    expect(await queue.workers()).toMatchObject([{ ...report, id: "w", protocol: 3 }]);
    expect((await queue.workers())[0]?.silentMs).toBeLessThan(60_000);
    const task = await claim();
    const failure = { code: "node.failed", what: "no face" } as const;
    const [one, two] = outcomesOf(task);
    if (one === undefined || two === undefined) throw new RangeError("a task has two items");
    await queue.commit(task, [one, { ...two, failure }], []);
    expect(await queue.run(run.id)).toMatchObject({
      run: {
        ...{ id: run.id, title: "Pictures", machine: "desk", dead: 0, isPaused: false },
        tasks: { waiting: 1, running: 0, done: 1, failed: 0 },
        items: { done: 1, failed: 1 },
      },
      cells: [{ done: 1 }, { waiting: 1 }],
      failures: [{ code: "node.failed", count: 1, what: "no face", keys: [two.key] }],
    });
    expect((await queue.run(run.id))?.perTenSeconds.reduce((sum, each) => sum + each)).toBe(2);
    await queue.leave("w");
    expect(await queue.workers()).toEqual([]);
    expect(await queue.run("gone")).toBeUndefined();
  });

  test("[T9] a dead item is given to workers once more", async () => {
    await queue.submit(run.id, [items.slice(0, 1)]);
    for (const deaths of [0, 1, 2]) {
      expect(await claim()).toMatchObject({ deaths });
      await letWorkersDie();
    }
    while ((await queue.runs())[0]?.dead !== 1);
    const [dead] = (await queue.run(run.id))?.dead ?? [];
    expect(dead).toMatchObject({ keys: ["a"] });
    expect(await queue.retryDead(run.id, "none")).toBe(false);
    expect(await queue.retryDead(run.id, dead?.id ?? "")).toBe(true);
    expect(await queue.hasPending(run.id)).toBe(true);
    expect(await claim()).toMatchObject({ deaths: 0, items: items.slice(0, 1) });
    expect(await queue.takeDead(run.id)).toEqual([]);
  });

  test("[T1] what was committed before the database crashed is there, and the rest is done after it", async () => {
    await queue.submit(run.id, [items.slice(0, 1), items.slice(1)]);
    const [one, two] = [await claim(), await claim()];
    await queue.commit(one, outcomesOf(one), []);
    await server?.crash();
    expect(await kept()).toEqual([["a", "made a"]]);
    expect(await queue.commit(two, outcomesOf(two), [])).toBe(true);
    expect(await kept()).toHaveLength(4);
  });
});

test("an address where no database answers is refused with a reason", async () => {
  await expect(openTaskQueue("postgres://127.0.0.1:1/none", () => {})).rejects.toMatchObject({
    code: "jobs.unavailable",
    what: expect.stringContaining("ECONNREFUSED"),
  });
});
