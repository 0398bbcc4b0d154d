import type { WireError } from "../errors.ts";
import type { Json } from "../graph/document.ts";
import type { BatchItem, ItemRecord, ItemResult, ItemState, Shard } from "./batch-item.ts";

/** Which items to list. */
export interface ItemQuery {
  /** @default every state */
  readonly states?: readonly ItemState[];
  /** The items whose latest result this shard holds; null: done items that are in none. */
  readonly shard?: number | null;
  /** Items after this place. @default from the first */
  readonly after?: number;
  readonly limit: number;
}

/**
 * Where the items of a batch are kept. What a method has resolved survives the death of the process;
 * `batch-store.contract.ts` states what every implementation does.
 *
 * An attempt that is no longer an item's latest changes nothing: a process that was thought dead
 * cannot finish an item that another one has started again.
 */
export interface BatchStore {
  /**
   * The keys of items with nothing left to do.
   * @param retriesFailed Whether failed items have something left to do.
   */
  settled(items: readonly BatchItem[], retriesFailed: boolean): Promise<ReadonlySet<string>>;
  /** Starts an attempt; a shard keeps the earlier result. @returns its number, from 1 */
  start(item: BatchItem, startedMs: number): Promise<number>;
  /** From running to done; the shard that holds an earlier result becomes stale. @returns false if the attempt is not the latest or not running, as below */
  finish(key: string, attempt: number, result: ItemResult, endedMs: number): Promise<boolean>;
  /** From running to failed. */
  fail(key: string, attempt: number, error: WireError, endedMs: number): Promise<boolean>;
  /** From running to waiting. */
  release(key: string, attempt: number): Promise<boolean>;
  get(key: string): Promise<ItemRecord | undefined>;
  /** In the order of their places. */
  list(query: ItemQuery): Promise<readonly ItemRecord[]>;
  counts(): Promise<Readonly<Record<ItemState, number>>>;
  /** The text behind a digest. */
  provenance(digest: string): Promise<string | undefined>;
  /** What the batch was said to be. */
  description(): Promise<Json | undefined>;
  /** Says what the batch is: its graph, its source. */
  describe(description: Json): Promise<void>;

  /**
   * Puts done items that are in no shard into a new one, in order, until it holds `sizeBytes`.
   * @param isFull Only where it gets full with items before which every item is settled: then what is in it does not
   * depend on which items ended first.
   * @returns its number; undefined where there is none to make
   */
  planShard(sizeBytes: number, isFull?: boolean): Promise<number | undefined>;
  /** In order. */
  shards(): Promise<readonly Shard[]>;
  /** From planned or stale to written. */
  keepShard(number: number, facts: Json): Promise<void>;
  /** Forgets a shard that holds nothing any more. */
  dropShard(number: number): Promise<void>;
  close(): Promise<void>;
}
