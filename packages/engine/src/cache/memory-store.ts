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
  // With `max`, places for all entries are set aside at once, in each run that has a store of its own.
  const results = new LRUCache<string, StoredResult>({
    maxSize: maxBytes,
    sizeCalculation: estimateBytes,
  });
  return {
    get: async (key) => results.get(key),
    touch: async (key) => void results.get(key),
    async set(key, result) {
      results.set(key, result);
      if (results.size > maxEntries) results.pop();
    },
    stats: async () => ({ entries: results.size, bytes: results.calculatedSize }),
    clear: async () => results.clear(),
  };
}
