import path from "node:path";
import { hiddenFolder } from "@insightgraph/editing/datasets";
import {
  type BatchStore,
  type ItemRecord,
  openSqliteBatchStore,
} from "@insightgraph/engine/batches";
import { EngineError } from "@insightgraph/engine/errors";
import type { Json } from "@insightgraph/engine/graph";
import type { KeptResult, SourceItem } from "./item-runs.ts";
import { itemsFile } from "./items-file.ts";
import { partFolder } from "./parts.ts";
import type { ShardQueue } from "./shard-queue.ts";
import { partOf, type SourceChoice, sourceItems } from "./source-items.ts";

/** How many items are looked up together. */
const chunkSize = 64;

/** Takes over what a part recorded of an item, as if it had happened here. */
async function takeOver(
  { key, fingerprint }: SourceItem,
  record: ItemRecord,
  folder: string,
  from: BatchStore,
  to: BatchStore,
): Promise<void> {
  const { startedMs, endedMs = startedMs, error, sizeBytes = 0 } = record;
  const attempt = await to.start({ key, fingerprint }, startedMs);
  if (error !== undefined) {
    await to.fail(key, attempt, error, endedMs);
    return;
  }
  const kept = record.result as unknown as KeptResult;
  const result = { ...kept, file: path.posix.join(folder, kept.file) } as unknown as Json;
  const digest = record.provenance ?? "";
  const text = (await from.provenance(digest)) ?? "null";
  await to.finish(key, attempt, { result, sizeBytes, provenance: { digest, text } }, endedMs);
}

function unlike(index: number, key: string): EngineError {
  return new EngineError("command.usage", `part ${index} has no result for "${key}"`, {
    hint: "Run it again with --resume, and with the graph, source and options of the other parts.",
  });
}

/** The items of a chunk that the data set does not have, as their part recorded them. */
async function* itemsToJoin(
  chunk: readonly SourceItem[],
  parts: readonly BatchStore[],
  store: BatchStore,
): AsyncGenerator<{ item: SourceItem; record: ItemRecord; index: number }> {
  // What failed here may have been made in its part since.
  const settled = await store.settled(chunk, true);
  for (const item of chunk) {
    if (settled.has(item.key)) continue;
    const index = partOf(item.key, parts.length);
    const record = await parts[index - 1]?.get(item.key);
    if (record?.fingerprint !== item.fingerprint) throw unlike(index, item.key);
    if (record.state !== "done" && record.state !== "failed") throw unlike(index, item.key);
    yield { item, record, index };
  }
}

async function joinChunk(
  chunk: readonly SourceItem[],
  parts: readonly BatchStore[],
  store: BatchStore,
  queue: ShardQueue,
): Promise<void> {
  for await (const { item, record, index } of itemsToJoin(chunk, parts, store)) {
    const folder = partFolder({ index, count: parts.length });
    await takeOver(item, record, folder, parts[index - 1] as BatchStore, store);
    await queue.add(record.sizeBytes ?? 0);
  }
}

/**
 * Records what the parts made of a source, in the order of the source, and writes the shards that a run of the whole
 * source would have written. What was joined before stays.
 * Throws: `command.usage` where a part was made by another graph; `batch.locked` where one is at work again.
 */
export async function joinParts(
  choice: SourceChoice,
  { sink, count }: { readonly sink: string; readonly count: number },
  store: BatchStore,
  queue: ShardQueue,
): Promise<void> {
  const parts: BatchStore[] = [];
  try {
    for (let index = 1; index <= count; index++) {
      const folder = path.join(sink, hiddenFolder, partFolder({ index, count }));
      parts.push(await openSqliteBatchStore(path.join(folder, itemsFile)));
    }
    let chunk: SourceItem[] = [];
    for await (const item of sourceItems(choice)) {
      chunk.push(item);
      if (chunk.length < chunkSize) continue;
      await joinChunk(chunk, parts, store, queue);
      chunk = [];
    }
    await joinChunk(chunk, parts, store, queue);
  } finally {
    for (const part of parts) await part.close();
  }
}
