import { getRollbackPlans } from "pg-boss";
import { afterAll, describe, expect, test } from "vitest";
import { migrations } from "../postgres/migrations.ts";
import { queryPostgres, startPostgres } from "../postgres/postgres-server.fixture.ts";
import { openPostgresJobStore } from "../postgres.ts";
import { checkDatabase, migrateDatabase } from "./database-schemas.ts";
import { openTaskQueue } from "./pg-boss-queue.ts";
import { able, plainRun } from "./task-run.fixture.ts";

const server = await startPostgres();
const run = plainRun("run-1");
const open = (address: string) => openTaskQueue(address, () => {});
const columns = (address: string) =>
  queryPostgres(
    address,
    `SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns
      WHERE table_schema IN ('public', 'pgboss') ORDER BY 1, 2, 3`,
  );

describe.skipIf(server === undefined)("tables of an earlier version", () => {
  afterAll(() => server?.stop());

  /** A database as the version before the last migrations has left it, with a run. */
  const oldDatabase = async (): Promise<string> => {
    const address = (await server?.newDatabase()) ?? "";
    const queue = await open(address);
    await queue.begin(run);
    await queue.submit(run.id, [[{ key: "a", fingerprint: "f", input: 1 }]]);
    await queue.close();
    return address;
  };

  test("[T7] of pg-boss are left as they are until somebody asks, and keep what they hold", async () => {
    const address = await oldDatabase();
    const current = await columns(address);
    await queryPostgres(address, getRollbackPlans());
    const old = await columns(address);
    await expect(open(address)).rejects.toMatchObject({
      code: "jobs.old-schema",
      what: expect.stringMatching(/pg-boss \d+ instead of \d+$/),
      hint: expect.stringContaining("database migrate"),
    });
    const [change, ...others] = await checkDatabase(address);
    expect(others).toEqual([]);
    expect(change).toMatchObject({ name: "pg-boss", plan: expect.stringContaining("version") });
    expect(await columns(address)).toEqual(old);
    expect(await migrateDatabase(address)).toMatchObject([{ from: change?.from, to: change?.to }]);
    expect(await columns(address)).toEqual(current);
    expect(await checkDatabase(address)).toEqual([]);
    const queue = await open(address);
    expect(await queue.claim(able)).toMatchObject({ items: [{ key: "a" }] });
    await queue.close();
  });

  test("[T7] of InsightGraph are left as they are, by servers too", async () => {
    const address = (await server?.newDatabase()) ?? "";
    const first = ["CREATE TABLE migrations (steps integer)", ...(migrations[0] ?? [])];
    await queryPostgres(address, [...first, "INSERT INTO migrations VALUES (1)"].join(";"));
    const fault = { code: "jobs.old-schema", what: expect.stringContaining("InsightGraph 1") };
    await expect(openPostgresJobStore(address, "f")).rejects.toMatchObject(fault);
    await expect(open(address)).rejects.toMatchObject(fault);
    const [change] = await checkDatabase(address);
    expect(change?.plan).toMatch(/^CREATE TABLE runs/);
    await migrateDatabase(address);
    await (await openPostgresJobStore(address, "f")).close();
    await (await open(address)).close();
  });

  test("[T7] of pg-boss of a newer version are refused", async () => {
    const address = await oldDatabase();
    await queryPostgres(address, "UPDATE pgboss.version SET version = version + 1");
    await expect(open(address)).rejects.toMatchObject({
      code: "jobs.unavailable",
      what: expect.stringContaining("newer"),
    });
  });

  test("two that open an empty database at once both get it", async () => {
    const address = (await server?.newDatabase()) ?? "";
    const queues = await Promise.all([open(address), open(address), open(address)]);
    await queues[0]?.begin(run);
    expect(await queues[1]?.description(run.id)).toEqual(run.description);
    for (const queue of queues) await queue.close();
  });
});
