import { describe, expect, test } from "vitest";
import type { ObjectStore } from "./object-store.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

async function keysIn(store: ObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys.sort();
}

/**
 * What every store of objects must do.
 * @param openStore Opens an empty store, or the one that it gave last once more.
 */
export function describeObjectStore(
  name: string,
  openStore: (isSame: boolean) => Promise<ObjectStore>,
): void {
  describe(name, () => {
    test("keeps what was created, for others too", async () => {
      const store = await openStore(false);
      expect(await store.read("results/a")).toBeUndefined();
      expect(await store.create("results/a", bytesOf("first"))).toBe(true);
      const other = await openStore(true);
      expect(await other.read("results/a")).toEqual(bytesOf("first"));
    });

    test("never replaces an object", async () => {
      const store = await openStore(false);
      expect(await store.create("results/a", bytesOf("first"))).toBe(true);
      expect(await store.create("results/a", bytesOf("second"))).toBe(false);
      expect(await store.read("results/a")).toEqual(bytesOf("first"));
    });

    test("of many that create one object at once, one succeeds", async () => {
      await openStore(false);
      const stores = await Promise.all(Array.from({ length: 8 }, () => openStore(true)));
      const made = await Promise.all(
        stores.map((store, at) => store.create("results/raced", bytesOf(`${at}`))),
      );
      expect(made.filter(Boolean)).toHaveLength(1);
      const won = made.indexOf(true);
      expect(await stores[0]?.read("results/raced")).toEqual(bytesOf(`${won}`));
    });

    test("lists by prefix, with sizes and times, and removes", async () => {
      const store = await openStore(false);
      expect(await keysIn(store, "")).toEqual([]);
      await store.create("results/b", bytesOf("bb"));
      await store.create("results/a", bytesOf("a"));
      await store.create("inputs/c", bytesOf("c"));
      expect(await keysIn(store, "results/")).toEqual(["results/a", "results/b"]);
      for await (const { key, bytes, writtenMs } of store.list("results/b")) {
        expect([key, bytes]).toEqual(["results/b", 2]);
        expect(Math.abs(writtenMs - Date.now())).toBeLessThan(60_000);
      }
      await store.remove("results/a");
      await store.remove("results/never");
      expect(await keysIn(store, "results/")).toEqual(["results/b"]);
    });

    test("holds an empty object and a large one", async () => {
      const store = await openStore(false);
      const large = new Uint8Array(5_000_000).map((_, at) => at % 251);
      await store.create("results/empty", new Uint8Array());
      await store.create("results/large", large);
      expect(await store.read("results/empty")).toEqual(new Uint8Array());
      expect(Buffer.compare((await store.read("results/large")) ?? new Uint8Array(), large)).toBe(
        0,
      );
    });
  });
}
