import type { ResultStore } from "./store.ts";

/** A store that keeps no result which took less time to make: it is sooner made again than read. */
export function keepSlow(store: ResultStore, leastMs: number): ResultStore {
  return {
    ...store,
    async set(key, result, tookMs = Number.POSITIVE_INFINITY) {
      if (tookMs >= leastMs) await store.set(key, result, tookMs);
    },
  };
}
