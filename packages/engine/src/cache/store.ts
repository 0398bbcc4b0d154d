import type { Preview } from "../node/preview.ts";

/** A value with the hash of its content and the id of its port type. */
export interface StoredValue {
  readonly value: unknown;
  readonly hash: string;
  readonly portType: string;
}

/** The outputs of a node, and their previews. */
export interface StoredResult {
  readonly outputs: Readonly<Record<string, StoredValue>>;
  readonly previews: Readonly<Record<string, Preview>>;
}

/** How much a store holds. */
export interface StoreStats {
  readonly entries: number;
  readonly bytes: number;
}

/** How much a store may hold. */
export interface StoreLimits {
  readonly maxEntries: number;
  readonly maxBytes: number;
}

/** Results by content key; the least recently used are evicted first. */
export interface ResultStore {
  get(key: string): Promise<StoredResult | undefined>;
  /** @param tookMs How long it took to make. */
  set(key: string, result: StoredResult, tookMs?: number): Promise<void>;
  /** Marks a result as used without reading it. */
  touch(key: string): Promise<void>;
  stats(): Promise<StoreStats>;
  clear(): Promise<void>;
}
