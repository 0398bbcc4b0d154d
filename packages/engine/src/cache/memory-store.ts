import { sizeOf } from "./size-of.ts";
import type { ResultStore, StoredResult, StoreLimits } from "./store.ts";

interface Entry {
  readonly result: StoredResult;
  readonly bytes: number;
}

/**
 * Results in this process's memory.
 * @default 1000 entries, 512 MiB
 */
export function createMemoryStore({
  maxEntries = 1000,
  maxBytes = 512 * 1024 * 1024,
}: Partial<StoreLimits> = {}): ResultStore {
  // Insertion order is order of use: the first entry is the least recently used.
  const entries = new Map<string, Entry>();
  let bytes = 0;

  const remove = (key: string): void => {
    bytes -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  };
  const isOver = (): boolean => entries.size > maxEntries || bytes > maxBytes;

  const use = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    if (entry === undefined) return undefined;
    entries.delete(key);
    entries.set(key, entry);
    return entry;
  };

  return {
    get: async (key) => use(key)?.result,
    touch: async (key) => void use(key),
    async set(key, result) {
      remove(key);
      const entry = { result, bytes: sizeOf(result) };
      entries.set(key, entry);
      bytes += entry.bytes;
      for (const oldest of entries.keys()) {
        if (!isOver()) break;
        remove(oldest);
      }
    },
    stats: async () => ({ entries: entries.size, bytes }),
    async clear() {
      entries.clear();
      bytes = 0;
    },
  };
}
