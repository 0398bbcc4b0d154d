import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import {
  type DatasetFolder,
  type DatasetRecord,
  type PlacedShard,
  recordOf,
  type ShardFacts,
} from "@insightgraph/editing/datasets";
import type { BatchStore, ItemRecord, Shard } from "@insightgraph/engine/batches";
import type { Json } from "@insightgraph/engine/graph";
import { loadRow } from "./collect-rows.ts";
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

/** Opens the queue of a run's results. */
export function createShardQueue(options: ShardQueueOptions): ShardQueue {
  const { store, dataset, fields, folder, shardBytes } = options;
  let waitingBytes = 0;
  // One shard at a time; whoever adds an item waits, which holds back the run.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (task: () => Promise<void>): Promise<void> => {
    last = last.then(task);
    return last;
  };

  async function* recordsOf(number: number): AsyncGenerator<DatasetRecord> {
    for await (const item of itemsIn(store, number)) {
      const { rows, folder: own } = resultOf(item);
      for (const [at, row] of rows.entries()) {
        const key = recordKey(item.key, at, rows.length);
        const provenance = JSON.stringify({ item: item.key, made: item.provenance });
        const loaded = await loadRow(row, fields, path.join(folder, own));
        yield { key, fields: { ...loaded, provenance } };
      }
    }
  }
  /** The records of a shard whose items have no newer result. */
  async function* keptRecords({ number, ...shard }: Shard): AsyncGenerator<DatasetRecord> {
    // A format may say more about a record than its fields.
    const names = new Set([...fields.map(({ name }) => name), "provenance"]);
    const keys = new Set<string>();
    for await (const { key } of itemsIn(store, number)) keys.add(key);
    for await (const item of dataset.read(factsOf({ number, ...shard })).items()) {
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
      await rm(path.join(folder, resultOf(item).folder), { recursive: true, force: true });
    }
  };
  const write = async (number: number): Promise<void> => {
    await keep(number, (await dataset.writeShard(number, recordsOf(number))) ?? nothing);
    await removeFiles(number);
  };
  const rewrite = async (shard: Shard): Promise<void> => {
    const { number } = shard;
    const { records } = factsOf(shard);
    const facts = records === 0 ? undefined : await dataset.writeShard(number, keptRecords(shard));
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
      const wanted = new Set<string>();
      for await (const item of itemsIn(store, null)) {
        wanted.add(path.posix.basename(resultOf(item).folder));
      }
      await rm(path.join(folder, inputsFolder), { recursive: true, force: true });
      await mkdir(path.join(folder, inputsFolder));
      for (const name of await readdir(path.join(folder, itemsFolder))) {
        if (wanted.has(name)) continue;
        await rm(path.join(folder, itemsFolder, name), { recursive: true, force: true });
      }
    },
    add(sizeBytes) {
      return inTurn(async () => {
        waitingBytes += sizeBytes;
        if (waitingBytes < shardBytes) return;
        waitingBytes = 0;
        const number = await store.planShard(shardBytes);
        if (number === undefined) return;
        await write(number);
        await publish(false);
      });
    },
    finish(isComplete) {
      return inTurn(async () => {
        for (;;) {
          const number = await store.planShard(shardBytes);
          if (number === undefined) break;
          await write(number);
        }
        for (const shard of await store.shards()) {
          if (shard.state === "stale") await rewrite(shard);
        }
        await publish(isComplete);
      });
    },
  };
}
