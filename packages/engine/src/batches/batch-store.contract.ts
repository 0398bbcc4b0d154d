import { describe, expect, test } from "vitest";
import type { BatchItem } from "./batch-item.ts";
import type { BatchStore } from "./batch-store.ts";

const error = { code: "node.failed", what: "no", hint: "H." } as const;

function item(key: string, fingerprint = "f"): BatchItem {
  return { key, fingerprint };
}

/**
 * What every store of a batch must do.
 * @param openStore Opens an empty store.
 */
export function describeBatchStore(name: string, openStore: () => Promise<BatchStore>): void {
  const finishAll = async (store: BatchStore, keys: readonly string[], sizeBytes = 1) => {
    for (const key of keys) {
      const attempt = await store.start(item(key), 1);
      await store.finish(key, attempt, { result: key, sizeBytes }, 2);
    }
  };
  const keysIn = async (store: BatchStore, shard: number): Promise<readonly string[]> =>
    (await store.list({ shard, limit: 99 })).map(({ key }) => key);

  describe(name, () => {
    test("keeps an item whole", async () => {
      const store = await openStore();
      const provenance = { digest: "d", text: "how" };
      expect(await store.get("a")).toBeUndefined();
      const attempt = await store.start(item("a"), 5);
      expect(await store.get("a")).toEqual({
        ...{ place: 1, key: "a", fingerprint: "f", state: "running", attempts: 1, startedMs: 5 },
      });
      await store.finish("a", attempt, { result: { score: 0.5 }, provenance, sizeBytes: 7 }, 9);
      expect(await store.get("a")).toEqual({
        ...{ place: 1, key: "a", fingerprint: "f", state: "done", attempts: 1, startedMs: 5 },
        ...{ endedMs: 9, result: { score: 0.5 }, provenance: "d", sizeBytes: 7 },
      });
      expect(await store.provenance("d")).toBe("how");
      expect(await store.provenance("e")).toBeUndefined();
    });

    test("[B1] done and failed items have nothing left to do, until something of them changes", async () => {
      const store = await openStore();
      await finishAll(store, ["done"]);
      await store.fail("failed", await store.start(item("failed"), 1), error, 2);
      await store.start(item("running"), 1);
      await store.release("waiting", await store.start(item("waiting"), 1));
      const all = ["done", "failed", "running", "waiting", "new"].map((key) => item(key));
      expect(await store.settled(all, false)).toEqual(new Set(["done", "failed"]));
      expect(await store.settled(all, true)).toEqual(new Set(["done"]));
      expect(await store.settled([item("done", "g")], false)).toEqual(new Set());
      expect(await store.counts()).toEqual({ waiting: 1, running: 1, done: 1, failed: 1 });
    });

    test("[B2] an attempt that is not the latest changes nothing", async () => {
      const store = await openStore();
      const first = await store.start(item("a"), 1);
      const second = await store.start(item("a"), 2);
      expect([first, second]).toEqual([1, 2]);
      expect(await store.finish("a", first, { result: "late" }, 3)).toBe(false);
      expect(await store.fail("a", first, error, 3)).toBe(false);
      expect(await store.release("a", first)).toBe(false);
      expect(await store.finish("a", second, { result: "right" }, 4)).toBe(true);
      expect(await store.finish("a", second, { result: "twice" }, 5)).toBe(false);
      expect(await store.get("a")).toMatchObject({ result: "right", endedMs: 4, attempts: 2 });
    });

    test("a failed item keeps its reason until it starts again", async () => {
      const store = await openStore();
      await store.fail("a", await store.start(item("a"), 1), error, 2);
      expect(await store.get("a")).toMatchObject({ state: "failed", error, endedMs: 2 });
      await store.start(item("a"), 3);
      const again = await store.get("a");
      expect(again).toMatchObject({ state: "running", attempts: 2 });
      expect(again).not.toHaveProperty("error");
      expect(again).not.toHaveProperty("endedMs");
    });

    test("lists items in order, page by page", async () => {
      const store = await openStore();
      await finishAll(store, ["c", "a"]);
      await store.start(item("b"), 1);
      const [first] = await store.list({ limit: 1 });
      expect(first?.key).toBe("c");
      const rest = await store.list({ after: first?.place ?? 0, limit: 9 });
      expect(rest.map(({ key }) => key)).toEqual(["a", "b"]);
      expect(await store.list({ states: ["running"], limit: 9 })).toMatchObject([{ key: "b" }]);
    });

    test("[B6] a shard takes done items that are in no other, in order, up to a size", async () => {
      const store = await openStore();
      expect(await store.planShard(10)).toBeUndefined();
      await finishAll(store, ["a", "b", "c"], 6);
      await store.start(item("d"), 1);
      expect((await store.list({ shard: null, limit: 9 })).map(({ key }) => key)).toEqual([
        ...["a", "b", "c"],
      ]);
      expect(await store.planShard(10)).toBe(1);
      expect(await keysIn(store, 1)).toEqual(["a", "b"]);
      expect(await store.planShard(10)).toBe(2);
      expect(await keysIn(store, 2)).toEqual(["c"]);
      expect(await store.planShard(10)).toBeUndefined();
      expect(await store.shards()).toEqual([
        { number: 1, state: "planned" },
        { number: 2, state: "planned" },
      ]);
    });

    test("[B7] a full shard takes items before which all are settled, whichever ended first", async () => {
      const store = await openStore();
      const attempts = new Map<string, number>();
      for (const key of ["a", "b", "c", "d", "e"]) {
        attempts.set(key, await store.start(item(key), 1));
      }
      const finish = (key: string) =>
        store.finish(key, attempts.get(key) ?? 0, { result: key, sizeBytes: 6 }, 2);
      await finish("c");
      await finish("d");
      expect(await store.planShard(10, true)).toBeUndefined();
      await finish("a");
      expect(await store.planShard(10, true)).toBeUndefined();
      await store.fail("b", attempts.get("b") ?? 0, error, 2);
      expect(await store.planShard(10, true)).toBe(1);
      expect(await keysIn(store, 1)).toEqual(["a", "c"]);
      expect(await store.planShard(10, true)).toBeUndefined();
      await finish("e");
      expect(await store.planShard(10, true)).toBe(2);
      expect(await keysIn(store, 1)).toEqual(["a", "c"]);
      expect(await keysIn(store, 2)).toEqual(["d", "e"]);
    });

    test("[B6] a shard becomes stale where one of its items is made again", async () => {
      const store = await openStore();
      await finishAll(store, ["a", "b"]);
      await store.planShard(10);
      await store.keepShard(1, { rows: 2 });
      expect(await store.shards()).toEqual([{ number: 1, state: "written", facts: { rows: 2 } }]);
      await store.fail("a", await store.start(item("a"), 3), error, 4);
      await store.start(item("a"), 5);
      await store.finish("a", 2, { result: "of a lost process" }, 6);
      expect(await store.shards()).toMatchObject([{ state: "written" }]);
      expect(await keysIn(store, 1)).toEqual(["a", "b"]);
      await finishAll(store, ["a"]);
      expect(await store.shards()).toMatchObject([{ state: "stale", facts: { rows: 2 } }]);
      expect(await keysIn(store, 1)).toEqual(["b"]);
      expect(await store.planShard(10)).toBe(2);
      expect(await keysIn(store, 2)).toEqual(["a"]);
      await store.keepShard(1, { rows: 1 });
      expect(await store.shards()).toMatchObject([{ state: "written" }, { state: "planned" }]);
      await store.dropShard(1);
      expect(await store.shards()).toMatchObject([{ number: 2 }]);
    });

    test("knows what the batch was said to be", async () => {
      const store = await openStore();
      expect(await store.description()).toBeUndefined();
      await store.describe({ source: "photos" });
      await store.describe({ source: "pictures" });
      expect(await store.description()).toEqual({ source: "pictures" });
    });
  });
}
