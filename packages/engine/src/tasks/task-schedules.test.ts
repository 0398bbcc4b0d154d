import fc from "fast-check";
import { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { queryPostgres, startPostgres } from "../postgres/postgres-server.fixture.ts";
import { openTaskQueue } from "./pg-boss-queue.ts";
import type { ClaimedTask, TaskItem, TaskQueue } from "./task.ts";
import { able, plainRun } from "./task-run.fixture.ts";

const server = await startPostgres();
const workerCount = 3;

/** What happens next in a schedule; a worker that cannot do it is passed over. */
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant("submit"), size: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 6, arbitrary: fc.record({ type: fc.constant("claim"), who: fc.nat(workerCount - 1) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("commit"),
      who: fc.nat(workerCount - 1),
      done: fc.nat(4),
      isSplit: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("die"), who: fc.nat(workerCount - 1) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("return"), who: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("collect") }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const outcomesOf = (items: readonly TaskItem[]) =>
  items.map(({ key, fingerprint }) => ({ key, fingerprint, outcome: key }));

describe.skipIf(server === undefined)("schedules of kills", () => {
  let address = "";
  let queue: TaskQueue;
  let boss: PgBoss;
  let runs = 0;
  beforeAll(async () => {
    address = (await server?.newDatabase()) ?? "";
    queue = await openTaskQueue(address, () => {});
    boss = await new PgBoss({
      connectionString: address,
      supervise: false,
      schedule: false,
    }).start();
  });
  afterAll(async () => {
    await boss.stop({ graceful: false });
    await queue.close();
    await server?.stop();
  });

  /** As if the worker of a task had not been heard of for a minute, until that is noticed. */
  const letDie = async ({ id, run, deaths }: ClaimedTask): Promise<void> => {
    const attempt = `WHERE id = '${id}' AND state = 'active' AND retry_count = ${deaths}`;
    const change = `UPDATE pgboss.job SET heartbeat_on = now() - interval '1 minute' ${attempt}`;
    await queryPostgres(address, change);
    while ((await queryPostgres(address, `SELECT 1 FROM pgboss.job ${attempt}`)).length > 0) {
      // Otherwise it looks at most every two seconds.
      await queryPostgres(address, "UPDATE pgboss.queue SET monitor_on = NULL");
      await boss.supervise(run);
    }
  };

  /** Plays a schedule, then lets one worker do what is left. @returns keys of items, as they were told to the run */
  const play = async (run: string, count: number, steps: readonly Step[]): Promise<string[]> => {
    const left = Array.from({ length: count }, (_, at) => `${at}`);
    const atWork: (ClaimedTask | undefined)[] = [];
    const dead: ClaimedTask[] = [];
    const failed: string[] = [];
    const submit = (size: number) => {
      const items = left.splice(0, size).map((key) => ({ key, fingerprint: key, input: key }));
      return items.length === 0 ? undefined : queue.submit(run, [items]);
    };
    const collectDead = async (): Promise<void> => {
      failed.push(...(await queue.takeDead(run)).map(({ key }) => key));
    };
    for (const { type, who = 0, size = 0, done = 0, isSplit } of steps as readonly {
      readonly type: string;
      readonly who?: number;
      readonly size?: number;
      readonly done?: number;
      readonly isSplit?: boolean;
    }[]) {
      const task = atWork[who];
      if (type === "submit") await submit(size);
      if (type === "collect") await collectDead();
      if (type === "claim" && task === undefined) atWork[who] = await queue.claim(able);
      if (type === "commit" && task !== undefined) {
        const rest = task.items.slice(done);
        const tasks = isSplit ? rest.map((item) => [item]) : [rest].filter((one) => one.length > 0);
        expect(await queue.commit(task, outcomesOf(task.items.slice(0, done)), tasks)).toBe(true);
        atWork[who] = undefined;
      }
      if (type === "die" && task !== undefined) {
        atWork[who] = undefined;
        dead.push(task);
        await letDie(task);
      }
      const zombie = type === "return" ? dead[who] : undefined;
      if (zombie !== undefined) {
        expect(await queue.beat(zombie)).toBe("lost");
        expect(await queue.commit(zombie, outcomesOf(zombie.items), [])).toBe(false);
      }
    }
    await submit(count);
    for (const task of atWork) if (task !== undefined) await letDie(task);
    for (let task = await queue.claim(able); task !== undefined; ) {
      expect(await queue.commit(task, outcomesOf(task.items), [])).toBe(true);
      task = await queue.claim(able);
    }
    for (const zombie of dead) expect(await queue.commit(zombie, [], [])).toBe(false);
    await collectDead();
    return [...(await queue.outcomes(run, 0, 999)).map(({ key }) => key), ...failed];
  };

  test("[T1] [T2] [T4] whatever dies when, each item is told once, as made or as deadly", async () => {
    const schedule = fc.array(step, { minLength: 10, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), schedule, async (count, steps) => {
        runs += 1;
        const run = `run-${runs}`;
        await queue.begin(plainRun(run));
        const told = await play(run, count, steps);
        await queue.end(run);
        expect(told.sort()).toEqual(Array.from({ length: count }, (_, at) => `${at}`).sort());
      }),
      { numRuns: 15 },
    );
  });
});
