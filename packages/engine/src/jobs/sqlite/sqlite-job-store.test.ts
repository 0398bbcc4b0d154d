import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "@libsql/client/sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerGraph } from "../../host/answer-nodes.fixture.ts";
import { describeJobStore } from "../job-store.contract.ts";
import { migrations } from "./migrations.ts";
import { openSqliteJobStore } from "./sqlite-job-store.ts";

describeJobStore("SQLite job store", () => openSqliteJobStore(":memory:"));

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-jobs-"));
});
afterAll(() => rm(folder, { recursive: true }));

const job = {
  id: "a",
  requestId: "r",
  client: "c",
  folder: "f",
  graph: answerGraph("pid"),
  createdMs: 1,
};

test("[J2] a second process is refused, and the file is free once the first has closed it", async () => {
  const file = path.join(folder, "one.db");
  const first = await openSqliteJobStore(file);
  await first.add(job);
  await expect(openSqliteJobStore(file)).rejects.toMatchObject({ code: "jobs.locked" });
  await first.close();
  const second = await openSqliteJobStore(file);
  expect(await second.get("a")).toMatchObject({ id: "a", state: "queued" });
  await second.close();
});

test("a file that is no database is refused with a reason", async () => {
  const file = path.join(folder, "letter.db");
  await writeFile(file, "Dear reader, ".repeat(100));
  await expect(openSqliteJobStore(file)).rejects.toMatchObject({ code: "jobs.unavailable" });
});

test("a file of the first version is brought up to date, with its jobs", async () => {
  const file = path.join(folder, "old.db");
  const db = createClient({ url: `file:${file}` });
  const add = `INSERT INTO jobs (id, request_id, client, state, graph, created_ms)
    VALUES ('a', 'r', 'c', 'done', '{}', 1)`;
  await db.batch([...(migrations[0] ?? []), add, "PRAGMA user_version = 1"], "write");
  db.close();
  const store = await openSqliteJobStore(file);
  expect(await store.get("a")).toMatchObject({ id: "a", state: "done", folder: "" });
  await store.close();
});

test("a file of a newer version is refused and left alone", async () => {
  const file = path.join(folder, "newer.db");
  const db = createClient({ url: `file:${file}` });
  await db.execute("PRAGMA user_version = 99");
  db.close();
  await expect(openSqliteJobStore(file)).rejects.toMatchObject({
    code: "jobs.unavailable",
    what: expect.stringContaining("newer"),
  });
});

test("[J12] the queue of another folder in the same file goes on", async () => {
  const store = await openSqliteJobStore(":memory:");
  await store.pause("f", true);
  expect([await store.isPaused("f"), await store.isPaused("g")]).toEqual([true, false]);
});
