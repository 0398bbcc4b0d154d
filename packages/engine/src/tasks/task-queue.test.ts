import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { queryPostgres, startPostgres } from "../postgres/postgres-server.fixture.ts";
import { openTaskQueue } from "./pg-boss-queue.ts";
import type { ClaimedTask, TaskItem, TaskQueue } from "./task.ts";

const server = await startPostgres();
const run = { id: "run-1", nodes: "n", description: { graph: "g" } };
const items: readonly TaskItem[] = ["a", "b", "c", "d"].map((key) => ({
  ...{ key, fingerprint: `of ${key}`, input: { value: key } },
}));

function outcomesOf({ items: taken }: Pick<ClaimedTask, "items">) {
  return taken.map(({ key, fingerprint }) => ({ key, fingerprint, outcome: `made ${key}` }));
}

describe.skipIf(server === undefined)("tasks in PostgreSQL", () => {
  let address = "";
  let queue: TaskQueue;
  beforeEach(async () => {
    address = (await server?.newDatabase()) ?? "";
    queue = await openTaskQueue(address, () => {});
    await queue.begin(run);
  });
  afterEach(() => queue.close());
  afterAll(() => server?.stop());

  const claim = async (): Promise<ClaimedTask> => {
    for (;;) {
      const task = await queue.claim("n");
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
    expect(await queue.claim("n")).toBeUndefined();
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
    expect(await queue.beat(zombie)).toBe(false);
    expect(await queue.beat(successor)).toBe(true);
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
    expect(await queue.claim("n")).toBeUndefined();
  });

  test("[T5] a worker with other nodes gets no task", async () => {
    await queue.submit(run.id, [items]);
    expect(await queue.claim("others")).toBeUndefined();
    expect(await queue.description(run.id)).toEqual(run.description);
  });

  test("[T6] of a run that has ended nothing is kept, and who is at it learns of it", async () => {
    await queue.submit(run.id, [items.slice(0, 2), items.slice(2)]);
    const task = await claim();
    await queue.end(run.id);
    expect(await queue.beat(task)).toBe(false);
    expect(await queue.commit(task, outcomesOf(task), [items.slice(2)])).toBe(false);
    expect(await queue.claim("n")).toBeUndefined();
    expect(await queue.description(run.id)).toBeUndefined();
    expect(await kept()).toEqual([]);
    await queue.end(run.id);
    await queue.end("of-another-database");
    expect(await queue.takeDead("of-another-database")).toEqual([]);
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
