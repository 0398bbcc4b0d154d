import {
  type DatasetFolder,
  type DatasetRecord,
  isPictureFile,
  type OpenedDataset,
  type PlacedShard,
  recordOf,
  type ShardFacts,
} from "@insightgraph/editing/datasets";

/** What is told of a record that could not be read. */
export type OnUnreadable = (key: string, reason: unknown) => void;

function sizeOf({ fields }: DatasetRecord): number {
  let bytes = 0;
  for (const value of Object.values(fields)) {
    if (isPictureFile(value)) bytes += value.bytes.length;
    else if (typeof value === "string") bytes += value.length;
  }
  return bytes;
}

async function* readable(
  source: OpenedDataset,
  limit: number,
  onUnreadable: OnUnreadable,
): AsyncGenerator<DatasetRecord> {
  let taken = 0;
  for await (const item of source.items()) {
    if (taken >= limit) return;
    taken += 1;
    try {
      yield recordOf(item, await item.load());
    } catch (thrown) {
      onUnreadable(item.key, thrown);
    }
  }
}

/** How a data set is converted. */
export interface Conversion {
  readonly source: OpenedDataset;
  readonly dataset: DatasetFolder;
  readonly shardBytes: number;
  readonly limit: number;
  readonly onUnreadable: OnUnreadable;
  readonly signal: AbortSignal;
}

/** Writes all records of a source that can be read. @returns how many. Throws: the signal's reason. */
export async function convertDataset(conversion: Conversion): Promise<number> {
  const { source, dataset, shardBytes, limit, onUnreadable, signal } = conversion;
  const records = readable(source, limit, onUnreadable);
  let next = await records.next();
  async function* shard(): AsyncGenerator<DatasetRecord> {
    for (let bytes = 0; !next.done && bytes < shardBytes; next = await records.next()) {
      signal.throwIfAborted();
      bytes += sizeOf(next.value);
      yield next.value;
    }
  }
  const shards: ShardFacts[] = [];
  while (!next.done) {
    const facts = await dataset.writeShard(shards.length + 1, shard(), onUnreadable);
    if (facts !== undefined) shards.push(facts);
  }
  const placed = shards.map((facts, index): PlacedShard => {
    return { ...facts, path: dataset.finalPath(index, shards.length), from: facts.path };
  });
  for (const facts of placed) await dataset.place(facts);
  await dataset.publish(
    placed.map(({ from: _, ...facts }) => facts),
    true,
  );
  return placed.reduce((sum, facts) => sum + facts.records, 0);
}
