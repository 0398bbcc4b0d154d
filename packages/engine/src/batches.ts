export type {
  BatchItem,
  ItemRecord,
  ItemResult,
  ItemState,
  Provenance,
  Shard,
} from "./batches/batch-item.ts";
export type { BatchOptions, ItemReport, PreparedItem } from "./batches/batch-options.ts";
export type { BatchStore, ItemQuery } from "./batches/batch-store.ts";
export { runBatch } from "./batches/run-batch.ts";
export { openSqliteBatchStore } from "./batches/sqlite/sqlite-batch-store.ts";
export { unsettledItems } from "./batches/unsettled-items.ts";
