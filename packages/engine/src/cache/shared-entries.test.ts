import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { EngineError } from "../errors.ts";
import { createFolderStore } from "../objects/folder-store.ts";
import type { ObjectStore } from "../objects/object-store.ts";
import { createDiskStore } from "./disk-store.ts";
import { describeStore } from "./store.contract.ts";
import { contractCodecs, resultOf } from "./store-results.fixture.ts";

const root = await mkdtemp(path.join(tmpdir(), "shared-entries-"));
afterAll(() => rm(root, { recursive: true }));
const newFolder = (): Promise<string> => mkdtemp(path.join(root, "s-"));

/** The cache of one machine, over a store that others have too. */
async function openMachine(shared: ObjectStore, now: () => number = Date.now) {
  const faults: EngineError[] = [];
  const folder = await newFolder();
  const report = (fault: EngineError): void => void faults.push(fault);
  const options = { folder, codecs: contractCodecs, report, shared, now };
  return { store: createDiskStore(options), folder, faults };
}

// What others share is no part of what one machine holds: a store that forgets everything shows that.
const empty: ObjectStore = {
  place: "nowhere",
  create: async () => true,
  read: async () => undefined,
  async *list() {},
  remove: async () => {},
};
describeStore("disk store over a shared one", async (limits) =>
  createDiskStore({
    ...limits,
    folder: await newFolder(),
    codecs: contractCodecs,
    shared: empty,
  }),
);

describe("results that machines share", () => {
  test("[C9] what one machine computed is a hit on another, which keeps it", async () => {
    const shared = createFolderStore(await newFolder());
    const [one, two] = [await openMachine(shared), await openMachine(shared)];
    await one.store.set("a", resultOf(5, "h"));
    expect(await two.store.get("a")).toEqual(resultOf(5, "h"));
    expect(await readdir(two.folder)).toEqual(await readdir(one.folder));
    expect(await two.store.get("b")).toBeUndefined();
    expect([...one.faults, ...two.faults]).toEqual([]);
  });

  test("[C9] an entry is written once, and a large one not at all", async () => {
    const folder = await newFolder();
    const { store } = await openMachine(createFolderStore(folder));
    await store.set("a", resultOf(5, "first"));
    await store.set("a", resultOf(5, "second"));
    await store.set("large", resultOf(65 * 1024 ** 2, "l"));
    const [name = "", ...others] = await readdir(path.join(folder, "results"));
    expect(others).toEqual([]);
    expect(String(await readFile(path.join(folder, "results", name)))).toContain("first");
  });

  test("[C9] a damaged entry is deleted, reported, and can be written again", async () => {
    const folder = await newFolder();
    const shared = createFolderStore(folder);
    const [one, two] = [await openMachine(shared), await openMachine(shared)];
    await one.store.set("a", resultOf(5, "h"));
    const [name = ""] = await readdir(path.join(folder, "results"));
    await writeFile(path.join(folder, "results", name), "torn");
    expect(await two.store.get("a")).toBeUndefined();
    expect(two.faults.map(({ code }) => code)).toEqual(["cache.damaged"]);
    await two.store.set("a", resultOf(5, "h"));
    expect(await (await openMachine(shared)).store.get("a")).toEqual(resultOf(5, "h"));
  });

  test("[C10] a store that fails is told once and left alone for a while; results go on", async () => {
    const file = path.join(await newFolder(), "file");
    await writeFile(file, "");
    let [nowMs, calls] = [0, 0];
    const broken = createFolderStore(file);
    const counted: ObjectStore = {
      ...broken,
      read(key) {
        calls += 1;
        return broken.read(key);
      },
    };
    const { store, faults } = await openMachine(counted, () => nowMs);
    await store.set("a", resultOf(5, "h"));
    expect(await store.get("a")).toEqual(resultOf(5, "h"));
    for (const key of ["b", "c"]) expect(await store.get(key)).toBeUndefined();
    expect(calls).toBe(0);
    nowMs += 30_000;
    for (const key of ["b", "c"]) expect(await store.get(key)).toBeUndefined();
    expect(calls).toBe(1);
    expect(faults.map(({ code, at }) => [code, at?.path])).toEqual([
      ["cache.unavailable", file],
      ["cache.unavailable", file],
    ]);
  });
});
