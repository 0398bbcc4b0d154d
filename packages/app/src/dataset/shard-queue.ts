import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import {
  type DatasetFolder,
  type DatasetRecord,
  type DatasetSource,
  type Fields,
  type PlacedShard,
  recordOf,
  rejectionFields,
  type ShardFacts,
} from "@insightgraph/editing/datasets";
import type { BatchStore, ItemRecord, Shard } from "@insightgraph/engine/batches";
import type { Json } from "@insightgraph/engine/graph";
import { type KeptRow, loadRow } from "./collect-rows.ts";
import { type ItemFile, picturesOf } from "./item-file.ts";
import { inputsFolder, itemsFolder, type KeptResult } from "./item-runs.ts";
import type { OutputField } from "./output-fields.ts";

/** Where the results of a run go. */
export interface ShardQueueOptions {
  readonly store: BatchStore;
  readonly dataset: DatasetFolder;
  readonly fields: readonly OutputField[];
  /** Of the data set's hidden files. */
  readonly folder: string;
  /** A shard is written once its items take this much. */
  readonly shardBytes: number;
  /** The node that says which records are kept. @default none does */
  readonly verdictNode?: string | undefined;
}

/** Turns finished items into the shards of a data set. */
export interface ShardQueue {
  /** Completes what an earlier process began, and removes what it left behind. */
  recover(): Promise<void>;
  /** Counts a finished item; writes a shard when there is enough for one. */
  add(sizeBytes: number): Promise<void>;
  /** Writes what is left, and publishes the data set. */
  finish(isComplete: boolean): Promise<void>;
}

/** How many items are looked at together. */
const pageSize = 64;
const nothing: ShardFacts = { path: "", records: 0, bytes: 0, sha256: "" };

function factsOf({ facts }: Shard): PlacedShard {
  return (facts ?? nothing) as unknown as PlacedShard;
}

/** Items of a shard, or those in none. */
async function* itemsIn(store: BatchStore, shard: number | null): AsyncGenerator<ItemRecord> {
  for (let after = 0; ; ) {
    const page = await store.list({ shard, after, limit: pageSize });
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.place;
  }
}

function resultOf({ result }: ItemRecord): KeptResult {
  return result as unknown as KeptResult;
}

/** The key of a record: that of its item, with a number where the item gives several. */
function recordKey(key: string, at: number, count: number): string {
  return count === 1 ? key : `${key}#${at}`;
}

/** Removes the files of attempts that came to nothing. @param folder Of the hidden files. */
export async function removeLeftovers(store: BatchStore, folder: string): Promise<void> {
  const wanted = new Set<string>();
  for await (const item of itemsIn(store, null)) {
    wanted.add(path.posix.basename(resultOf(item).file));
  }
  await rm(path.join(folder, inputsFolder), { recursive: true, force: true });
  await mkdir(path.join(folder, inputsFolder));
  for (const name of await readdir(path.join(folder, itemsFolder))) {
    if (wanted.has(name)) continue;
    await rm(path.join(folder, itemsFolder, name), { recursive: true, force: true });
  }
}

/** Opens the queue of a run's results. */
export function createShardQueue(options: ShardQueueOptions): ShardQueue {
  const { store, dataset, fields, folder, shardBytes, verdictNode = null } = options;
  let waitingBytes = 0;
  // One shard at a time; whoever adds an item waits, which holds back the run.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (task: () => Promise<void>): Promise<void> => {
    last = last.then(task);
    return last;
  };

  const loadPictures = (
    item: ItemRecord,
    rows: readonly KeptRow[],
  ): Promise<ItemFile["pictures"]> => picturesOf(rows, path.join(folder, resultOf(item).file));
  const fieldsOf = (item: ItemRecord, row: KeptRow, pictures: ItemFile["pictures"]): Fields => ({
    ...loadRow(row, pictures),
    provenance: JSON.stringify({ item: item.key, made: item.provenance }),
  });
  async function* recordsOf(number: number): AsyncGenerator<DatasetRecord> {
    for await (const item of itemsIn(store, number)) {
      const { rows } = resultOf(item);
      const pictures = await loadPictures(item, rows);
      for (const [at, row] of rows.entries()) {
        const key = recordKey(item.key, at, rows.length);
        yield { key, fields: fieldsOf(item, row, pictures) };
      }
    }
  }
  async function* rejectedOf(number: number): AsyncGenerator<DatasetRecord> {
    for await (const item of itemsIn(store, number)) {
      const { rejectedRows, rejected } = resultOf(item);
      const pictures = await loadPictures(item, rejectedRows);
      for (const [at, row] of rejectedRows.entries()) {
        const why = { rejection_reason: rejected[at] ?? null, rejected_at: verdictNode };
        const key = `${item.key}#rejected-${at}`;
        yield { key, fields: { ...fieldsOf(item, row, pictures), ...why } };
      }
    }
  }
  /** The records of a shard whose items have no newer result. @param names The fields to keep: a format may say more about a record. */
  async function* keptRecords(
    number: number,
    written: DatasetSource,
    names: ReadonlySet<string>,
  ): AsyncGenerator<DatasetRecord> {
    const keys = new Set<string>();
    for await (const { key } of itemsIn(store, number)) keys.add(key);
    for await (const item of written.items()) {
      const record = recordOf(item, await item.load());
      const { item: owner } = JSON.parse(String(record.fields["provenance"])) as { item: string };
      const own = Object.entries(record.fields).filter(([name]) => names.has(name));
      if (keys.has(owner)) yield { key: record.key, fields: Object.fromEntries(own) };
    }
  }
  const keep = (number: number, facts: PlacedShard): Promise<void> =>
    store.keepShard(number, facts as unknown as Json);
  const removeFiles = async (number: number): Promise<void> => {
    for await (const item of itemsIn(store, number)) {
      await rm(path.join(folder, resultOf(item).file), { force: true });
    }
  };
  const write = async (number: number): Promise<void> => {
    await dataset.writeRejected(number, rejectedOf(number));
    await keep(number, (await dataset.writeShard(number, recordsOf(number))) ?? nothing);
    await removeFiles(number);
  };
  /** Writes the shards that are due. @returns whether there was one */
  const writeShards = async (isFull: boolean): Promise<boolean> => {
    for (let wasDue = false; ; wasDue = true) {
      const number = await store.planShard(shardBytes, isFull);
      if (number === undefined) return wasDue;
      await write(number);
    }
  };
  const rewrite = async (shard: Shard): Promise<void> => {
    const { number } = shard;
    const names = new Set([...fields.map(({ name }) => name), "provenance"]);
    const rejectedNames = new Set([...names, ...rejectionFields.map(({ name }) => name)]);
    const rejected = await dataset.readRejected(number);
    await dataset.writeRejected(number, keptRecords(number, rejected, rejectedNames));
    const facts =
      factsOf(shard).records === 0
        ? undefined
        : await dataset.writeShard(
            number,
            keptRecords(number, dataset.read(factsOf(shard)), names),
          );
    if (facts === undefined && (await store.list({ shard: number, limit: 1 })).length === 0) {
      await store.dropShard(number);
    } else await keep(number, facts ?? nothing);
  };
  /** Moves a shard; the move is recorded first, so that one that was cut short is completed. */
  const move = async (number: number, facts: PlacedShard, to: string): Promise<ShardFacts> => {
    await dataset.place(facts);
    const { from: _from, ...placed } = facts;
    if (placed.path === to) return placed;
    const moved = { ...placed, path: to, from: placed.path };
    await keep(number, moved);
    await dataset.place(moved);
    return { ...placed, path: to };
  };
  /** Publishes the shards; while stale ones wait to be written again, those that are published stay. */
  const publish = async (isComplete: boolean): Promise<void> => {
    const shards = await store.shards();
    if (shards.some(({ state }) => state === "stale")) return;
    const full = shards.filter((shard) => factsOf(shard).records > 0);
    const placed: ShardFacts[] = [];
    for (const [index, shard] of full.entries()) {
      const to = isComplete
        ? dataset.finalPath(index, full.length)
        : dataset.interimPath(shard.number);
      placed.push(await move(shard.number, factsOf(shard), to));
    }
    await dataset.publish(placed, isComplete);
  };

  return {
    async recover() {
      for (const shard of await store.shards()) {
        if (shard.state === "planned") await write(shard.number);
        else await dataset.place(factsOf(shard));
      }
      await removeLeftovers(store, folder);
    },
    add(sizeBytes) {
      return inTurn(async () => {
        waitingBytes += sizeBytes;
        if (waitingBytes < shardBytes) return;
        waitingBytes = 0;
        if (await writeShards(true)) await publish(false);
      });
    },
    finish(isComplete) {
      return inTurn(async () => {
        // While items are at work none gets full before its time; the last one takes what is left.
        await writeShards(true);
        await writeShards(false);
        for (const shard of await store.shards()) {
          if (shard.state === "stale") await rewrite(shard);
        }
        await publish(isComplete);
      });
    },
  };
}
