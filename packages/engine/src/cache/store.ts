import type { Preview } from "../node/preview.ts";

/** A value with the hash of its content and the id of its port type. */
export interface StoredValue {
  readonly value: unknown;
  readonly hash: string;
  readonly portType: string;
}

/** All that a node gave, by output name. */
export interface StoredResult {
  readonly outputs: Readonly<Record<string, StoredValue>>;
  readonly previews: Readonly<Record<string, Preview>>;
}

export interface StoreStats {
  readonly entries: number;
  readonly bytes: number;
}

export interface StoreLimits {
  readonly maxEntries: number;
  readonly maxBytes: number;
}

/** Results by content key, least recently used first to leave. */
export interface ResultStore {
  get(key: string): Promise<StoredResult | undefined>;
  set(key: string, result: StoredResult): Promise<void>;
  /** Counts as a use, without reading. */
  touch(key: string): Promise<void>;
  stats(): Promise<StoreStats>;
  clear(): Promise<void>;
}
