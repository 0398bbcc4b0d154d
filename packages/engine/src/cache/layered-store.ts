import type { ResultStore } from "./store.ts";

/**
 * Creates a store that puts a small fast store in front of a large lasting one. Results that the
 * lasting one cannot keep stay in the fast one; statistics are those of the lasting one.
 */
export function createLayeredStore(quick: ResultStore, lasting: ResultStore): ResultStore {
  return {
    async get(key) {
      const near = await quick.get(key);
      if (near !== undefined) {
        await lasting.touch(key);
        return near;
      }
      const far = await lasting.get(key);
      if (far !== undefined) await quick.set(key, far);
      return far;
    },
    async set(key, result, tookMs) {
      await quick.set(key, result, tookMs);
      await lasting.set(key, result, tookMs);
    },
    async touch(key) {
      await quick.touch(key);
      await lasting.touch(key);
    },
    stats: () => lasting.stats(),
    async clear() {
      await quick.clear();
      await lasting.clear();
    },
  };
}
