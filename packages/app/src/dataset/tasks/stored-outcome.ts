import type { BatchItem, BatchStore, ItemRecord } from "@insightgraph/engine/batches";
import type { WireError } from "@insightgraph/engine/errors";
import type { Json } from "@insightgraph/engine/graph";
import type { ItemOutcome } from "@insightgraph/engine/tasks";
import type { MadeOutcome, TaskWork } from "./task-kind.ts";

/** What became of an item on a worker. */
export interface StoredOutcome {
  readonly ms: number;
  readonly error?: WireError;
  readonly made?: MadeOutcome;
}

/** An item that is over on a worker, as its submitter gets it. */
export async function storeOutcome(
  record: ItemRecord,
  store: BatchStore,
  pack: TaskWork<BatchItem>["pack"],
): Promise<ItemOutcome> {
  const { key, fingerprint, startedMs, endedMs = startedMs, error } = record;
  const what = error === undefined ? { made: await pack(record, store) } : { error };
  const outcome: StoredOutcome = { ms: endedMs - startedMs, ...what };
  const kept = { key, fingerprint, outcome: outcome as unknown as Json };
  return error === undefined ? kept : { ...kept, failure: { code: error.code, what: error.what } };
}
