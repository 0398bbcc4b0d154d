import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeBatchStore } from "../batch-store.contract.ts";
import { openSqliteBatchStore } from "./sqlite-batch-store.ts";

describeBatchStore("SQLite batch store", () => openSqliteBatchStore(":memory:"));

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-batches-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("a second process is refused; what the first kept is there when it has gone", async () => {
  const file = path.join(folder, "one.db");
  const first = await openSqliteBatchStore(file);
  const attempt = await first.start({ key: "a", fingerprint: "f" }, 1);
  await first.finish("a", attempt, { result: 1 }, 2);
  await expect(openSqliteBatchStore(file)).rejects.toMatchObject({ code: "batch.locked" });
  await first.close();
  const second = await openSqliteBatchStore(file);
  expect(await second.get("a")).toMatchObject({ state: "done", result: 1 });
  await second.close();
});

test("many may ask at once", async () => {
  const store = await openSqliteBatchStore(path.join(folder, "busy.db"));
  const keys = Array.from({ length: 20 }, (_, at) => `${at}`);
  await Promise.all(
    keys.map(async (key) => {
      const attempt = await store.start({ key, fingerprint: "f" }, 1);
      await store.finish(key, attempt, { result: key }, 2);
    }),
  );
  expect(await store.counts()).toMatchObject({ done: 20 });
  await store.close();
});

test("a chain of calls lets the event loop turn, which frees what the calls took", async () => {
  const store = await openSqliteBatchStore(":memory:");
  let turns = 0;
  const count = (): void => {
    turns += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  for (let call = 0; call < 1000; call++) await store.get("a");
  clearImmediate(next);
  expect(turns).toBeGreaterThan(10);
  await store.close();
});

test("a file that is no database is refused with a reason", async () => {
  const file = path.join(folder, "letter.db");
  await writeFile(file, "Dear reader, ".repeat(100));
  await expect(openSqliteBatchStore(file)).rejects.toMatchObject({ code: "batch.unavailable" });
});
