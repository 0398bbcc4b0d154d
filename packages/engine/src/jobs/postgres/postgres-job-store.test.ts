import { afterAll, describe, expect, test } from "vitest";
import { answerGraph } from "../../host/answer-nodes.fixture.ts";
import { startPostgres } from "../../postgres/postgres-server.fixture.ts";
import { createFakeHost } from "../fake-host.fixture.ts";
import { openJobQueue } from "../job-queue.ts";
import { describeJobStore } from "../job-store.contract.ts";
import { openPostgresJobStore } from "./postgres-job-store.ts";

const server = await startPostgres();
const opened: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const store of opened) await store.close();
  await server?.stop();
});

const job = { client: "c", graph: answerGraph("pid"), createdMs: 1 };

describe.skipIf(server === undefined)("on a real server", () => {
  const newDatabase = async (): Promise<string> => (await server?.newDatabase()) ?? "";
  const open = async (address: string, folder: string) => {
    const store = await openPostgresJobStore(address, folder);
    opened.push(store);
    return store;
  };

  describeJobStore("PostgreSQL job store", async () => open(await newDatabase(), "f"));

  test("[J2] servers of other folders share the jobs; a second one of a folder is refused", async () => {
    const address = await newDatabase();
    const [one, two] = [await open(address, "f"), await open(address, "g")];
    await expect(openPostgresJobStore(address, "f")).rejects.toMatchObject({ code: "jobs.locked" });
    await one.add({ ...job, id: "a", requestId: "1", folder: "f" });
    await one.start("a", 5);
    expect(await two.list({ limit: 9 })).toMatchObject([{ id: "a", state: "running" }]);
    expect(await two.orphans("g")).toEqual([]);
  });

  test("a job that another server runs is cancelled there", async () => {
    const address = await newDatabase();
    const host = createFakeHost();
    const openQueue = async (folder: string) =>
      openJobQueue({ store: await open(address, folder), folder, host, log: () => {} });
    const [one, two] = [await openQueue("f"), await openQueue("g")];
    const submitted = await one.submit({ requestId: "1", client: "c", graph: job.graph });
    const id = "id" in submitted ? submitted.id : "";
    await host.started(1);
    await two.cancel(id);
    expect(await two.get(id)).toMatchObject({ state: "running" });
    while (host.runs[0]?.isCancelled() !== true) await one.get(id);
    for (const queue of [one, two]) queue.close();
  });

  test("[J1] a database that crashed has every job, and its server goes on", async () => {
    const store = await open(await newDatabase(), "f");
    const host = createFakeHost();
    const queue = await openJobQueue({ store, folder: "f", host, log: () => {}, againMs: 20 });
    const submit = (requestId: string) =>
      queue.submit({ requestId, client: "c", graph: job.graph });
    const first = await submit("1");
    await submit("2");
    await host.started(1);
    await server?.crash();
    host.runs[0]?.end({ type: "run-finished", ms: 1 });
    await host.started(2);
    expect(await queue.get("id" in first ? first.id : "")).toMatchObject({ state: "done" });
    queue.close();
  });

  test("a database of a newer version is refused and left alone", async () => {
    const address = await newDatabase();
    await (await openPostgresJobStore(address, "f")).close();
    const { default: pg } = await import("pg");
    const client = new pg.Client(address);
    await client.connect();
    await client.query("INSERT INTO migrations VALUES (99)");
    await client.end();
    await expect(openPostgresJobStore(address, "f")).rejects.toMatchObject({
      code: "jobs.unavailable",
      what: expect.stringContaining("newer"),
    });
  });
});

test("an address where no database answers is refused with a reason", async () => {
  await expect(openPostgresJobStore("postgres://127.0.0.1:1/none", "f")).rejects.toMatchObject({
    code: "jobs.unavailable",
    what: expect.stringContaining("ECONNREFUSED"),
  });
});
