import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  hiddenFolder,
  openDatasetFolder,
  openRejected,
  shardFormat,
} from "@insightgraph/editing/datasets";
import { type BatchStore, openSqliteBatchStore } from "@insightgraph/engine/batches";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createItemKeeper } from "./item-file.ts";
import { inputsFolder, itemFileOf, itemsFolder } from "./item-runs.ts";
import type { OutputField } from "./output-fields.ts";
import { createShardQueue } from "./shard-queue.ts";

let sink = "";
beforeEach(async () => {
  sink = await mkdtemp(path.join(tmpdir(), "insightgraph-queue-"));
});
afterEach(() => rm(sink, { recursive: true }));

const fields: readonly OutputField[] = [
  { name: "text", kind: "text", output: "text", isList: false },
];
const keeper = createItemKeeper();
const hidden = (...names: readonly string[]): string => path.join(sink, hiddenFolder, ...names);

async function open(store: BatchStore) {
  for (const name of [itemsFolder, inputsFolder]) await mkdir(hidden(name), { recursive: true });
  const schema = [...fields, { name: "provenance", kind: "text" }] as const;
  const dataset = await openDatasetFolder(sink, shardFormat("webdataset"), schema);
  const queue = createShardQueue({ store, dataset, fields, folder: hidden(), shardBytes: 1 });
  return { dataset, queue };
}

async function finish(
  store: BatchStore,
  key: string,
  text = key,
  rejectedRows: readonly { text: string }[] = [],
): Promise<void> {
  const attempt = await store.start({ key, fingerprint: text }, 1);
  const file = itemFileOf(key, attempt);
  await keeper.write({ text }, hidden(file));
  const rejected = rejectedRows.map((row) => `${row.text} is odd`);
  const result = { file, rows: [{ text }], rejected, rejectedRows, ms: {} };
  await store.finish(key, attempt, { result, sizeBytes: 1 }, 2);
}

test("what an earlier process planned is written, and what it left behind is removed", async () => {
  const store = await openSqliteBatchStore(":memory:");
  const { queue } = await open(store);
  await finish(store, "planned");
  await store.planShard(1);
  await finish(store, "done");
  await writeFile(hidden(itemsFolder, "lost-1"), "");
  await writeFile(hidden(inputsFolder, "lost.png"), "");
  await queue.recover();
  expect(await store.shards()).toMatchObject([
    { number: 1, state: "written", facts: { records: 1 } },
  ]);
  expect(await readdir(hidden(itemsFolder))).toEqual(["done-1"]);
  expect(await readdir(hidden(inputsFolder))).toEqual([]);
});

test("a move that was recorded and cut short is completed before its shard is written again", async () => {
  const store = await openSqliteBatchStore(":memory:");
  const { queue, dataset } = await open(store);
  await finish(store, "a");
  await finish(store, "b");
  await queue.finish(false);
  const [shard] = await store.shards();
  const facts = shard?.facts as unknown as { readonly path: string };
  const moved = { ...facts, path: dataset.finalPath(0, 2), from: facts.path };
  await store.keepShard(1, moved as never);
  await finish(store, "a", "a again");
  const next = await open(store);
  await next.queue.recover();
  await next.queue.finish(true);
  const texts: unknown[] = [];
  for (const written of await store.shards()) {
    const of = written.facts as never;
    for await (const item of dataset.read(of).items()) texts.push((await item.load())["text"]);
  }
  expect(texts.toSorted()).toEqual(["a again", "b"]);
  expect((await readdir(sink)).filter((name) => name.endsWith(".tar"))).toHaveLength(2);
});

test("records that were not kept lie beside the shards, until their item is made again", async () => {
  const store = await openSqliteBatchStore(":memory:");
  const { queue } = await open(store);
  await finish(store, "a", "a", [{ text: "b" }]);
  await finish(store, "c", "c", [{ text: "d" }]);
  await queue.finish(true);
  const left = async (): Promise<readonly unknown[]> => {
    const texts: unknown[] = [];
    for await (const item of (await openRejected(sink)).items()) {
      const { text, rejection_reason: reason } = await item.load();
      texts.push([text, reason]);
    }
    return texts;
  };
  expect((await left()).toSorted()).toEqual([
    ["b", "b is odd"],
    ["d", "d is odd"],
  ]);
  await finish(store, "a", "a again");
  await queue.finish(true);
  expect(await left()).toEqual([["d", "d is odd"]]);
});
