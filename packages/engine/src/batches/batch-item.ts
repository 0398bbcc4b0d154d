import type { WireError } from "../errors.ts";
import type { Json } from "../graph/document.ts";

/** One item of a batch. */
export interface BatchItem {
  /** Names the item within its batch, the same one each time the batch runs. */
  readonly key: string;
  /** Digest of all that the result depends on. An item that is done with another one runs again. */
  readonly fingerprint: string;
}

/** Every state of an item. `waiting`: its last attempt was broken off. */
export const itemStates = ["waiting", "running", "done", "failed"] as const;

/** What has become of an item. */
export type ItemState = (typeof itemStates)[number];

/** An item as it is kept. */
export interface ItemRecord extends BatchItem {
  /** Grows with each new item; the order of a batch. */
  readonly place: number;
  readonly state: ItemState;
  readonly attempts: number;
  readonly startedMs: number;
  readonly endedMs?: number;
  readonly error?: WireError;
  readonly result?: Json;
  /** Room that it takes in a shard. @default 0 */
  readonly sizeBytes?: number;
  /** Digest of the text that `BatchStore.provenance` has. */
  readonly provenance?: string;
}

/** How results were made; equal for many items, and kept once. */
export interface Provenance {
  readonly digest: string;
  readonly text: string;
}

/** What an item gave. */
export interface ItemResult {
  /** Kept with the item. */
  readonly result: Json;
  /** Room that the item takes in a shard. @default 0 */
  readonly sizeBytes?: number;
  readonly provenance?: Provenance;
}

/** A number of finished items that leave the batch together, as one file. */
export interface Shard {
  /** From 1. */
  readonly number: number;
  /** `stale`: an item that it holds was made again since. */
  readonly state: "planned" | "written" | "stale";
  /** What its writer said of it. */
  readonly facts?: Json;
}
