import { LRUCache } from "lru-cache";
import { estimateBytes } from "./estimate-bytes.ts";
import type { ResultStore, StoredResult, StoreLimits } from "./store.ts";

/**
 * Creates a store in this process's memory.
 * @default 1000 entries, 512 MiB
 */
export function createMemoryStore({
  maxEntries = 1000,
  maxBytes = 512 * 1024 * 1024,
}: Partial<StoreLimits> = {}): ResultStore {
  const results = new LRUCache<string, StoredResult>({
    max: maxEntries,
    maxSize: maxBytes,
    sizeCalculation: estimateBytes,
  });
  return {
    get: async (key) => results.get(key),
    touch: async (key) => void results.get(key),
    set: async (key, result) => void results.set(key, result),
    stats: async () => ({ entries: results.size, bytes: results.calculatedSize }),
    clear: async () => results.clear(),
  };
}
