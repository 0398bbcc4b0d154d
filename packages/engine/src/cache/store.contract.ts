import { describe, expect, test } from "vitest";
import type { ResultStore, StoreLimits } from "./store.ts";
import { resultOf } from "./store-results.fixture.ts";

async function held(store: ResultStore, keys: readonly string[]): Promise<string[]> {
  const kept: string[] = [];
  for (const key of keys) if ((await store.get(key)) !== undefined) kept.push(key);
  return kept;
}

/** What every store of results must do. */
export function describeStore(
  name: string,
  open: (limits: StoreLimits) => Promise<ResultStore>,
): void {
  const roomy: StoreLimits = { maxEntries: 100, maxBytes: 1_000_000 };

  describe(name, () => {
    test("gives back what was set, and nothing under another key", async () => {
      const store = await open(roomy);
      await store.set("a", resultOf(3, "h"));
      expect(await store.get("a")).toEqual(resultOf(3, "h"));
      expect(await store.get("b")).toBeUndefined();
    });

    test("setting a key again replaces its result and does not count twice", async () => {
      const store = await open(roomy);
      await store.set("a", resultOf(5000, "old"));
      await store.set("a", resultOf(10, "new"));
      expect((await store.get("a"))?.outputs["out"]?.hash).toBe("new");
      const { entries, bytes } = await store.stats();
      expect(entries).toBe(1);
      expect(bytes).toBeLessThan(5000);
    });

    test("[C6] holds no more entries than allowed: the least recently used is evicted", async () => {
      const store = await open({ ...roomy, maxEntries: 2 });
      await store.set("a", resultOf(1, "a"));
      await store.set("b", resultOf(1, "b"));
      await store.get("a");
      await store.set("c", resultOf(1, "c"));
      expect(await held(store, ["a", "b", "c"])).toEqual(["a", "c"]);
    });

    test("a touch is a use, and of nothing where there is nothing", async () => {
      const store = await open({ ...roomy, maxEntries: 2 });
      await store.set("a", resultOf(1, "a"));
      await store.set("b", resultOf(1, "b"));
      await store.touch("a");
      await store.touch("gone");
      await store.set("c", resultOf(1, "c"));
      expect(await held(store, ["a", "b", "c", "gone"])).toEqual(["a", "c"]);
    });

    test("[C6] holds no more bytes than allowed", async () => {
      const store = await open({ ...roomy, maxBytes: 25_000 });
      for (const key of ["a", "b", "c"]) await store.set(key, resultOf(10_000, key));
      expect(await held(store, ["a", "b", "c"])).toEqual(["b", "c"]);
      expect((await store.stats()).bytes).toBeLessThanOrEqual(25_000);
    });

    test("does not keep what is larger than the whole store", async () => {
      const store = await open({ ...roomy, maxBytes: 1000 });
      await store.set("a", resultOf(2000, "a"));
      expect(await held(store, ["a"])).toEqual([]);
    });

    test("clear leaves nothing", async () => {
      const store = await open(roomy);
      await store.set("a", resultOf(1, "a"));
      await store.clear();
      expect(await store.get("a")).toBeUndefined();
      expect(await store.stats()).toEqual({ entries: 0, bytes: 0 });
    });
  });
}
