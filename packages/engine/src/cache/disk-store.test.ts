import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { EngineError } from "../errors.ts";
import { createDiskStore, type DiskStoreOptions } from "./disk-store.ts";
import { describeStore } from "./store.contract.ts";
import type { ResultStore } from "./store.ts";
import { contractCodecs, resultOf } from "./store-results.fixture.ts";

const root = await mkdtemp(path.join(tmpdir(), "disk-store-"));
afterAll(() => rm(root, { recursive: true }));

const newFolder = (): Promise<string> => mkdtemp(path.join(root, "s-"));

describeStore("disk store", async (limits) =>
  createDiskStore({ ...limits, folder: await newFolder(), codecs: contractCodecs }),
);

interface Opened {
  readonly store: ResultStore;
  readonly faults: EngineError[];
}

function open(folder: string, options: Partial<DiskStoreOptions> = {}): Opened {
  const faults: EngineError[] = [];
  const report = (fault: EngineError): void => void faults.push(fault);
  const store = createDiskStore({ folder, codecs: contractCodecs, report, ...options });
  return { store, faults };
}

async function onlyFile(folder: string): Promise<string> {
  const [name = "", ...others] = await readdir(folder);
  expect(others).toEqual([]);
  return path.join(folder, name);
}

describe("disk store, beyond one process", () => {
  test("results and their previews survive a restart", async () => {
    const folder = await newFolder();
    const previews = { out: { kind: "text", text: "a \ud800 b" } } as const;
    await open(folder).store.set("a", { ...resultOf(5, "h"), previews });
    const { store } = open(folder);
    expect(await store.get("a")).toEqual({ ...resultOf(5, "h"), previews });
    expect((await store.stats()).entries).toBe(1);
  });

  test("the order of use survives a restart", async () => {
    const folder = await newFolder();
    let nowMs = 1_000_000;
    const now = (): number => (nowMs += 1000);
    const first = open(folder, { now, maxEntries: 2 }).store;
    await first.set("a", resultOf(1, "a"));
    await first.set("b", resultOf(1, "b"));
    expect(await first.get("a")).toBeDefined();
    const second = open(folder, { now, maxEntries: 2 }).store;
    await second.set("c", resultOf(1, "c"));
    expect(await second.get("a")).toBeDefined();
    expect(await second.get("b")).toBeUndefined();
  });

  test("statistics count what other processes wrote", async () => {
    const folder = await newFolder();
    const { store } = open(folder);
    await store.set("a", resultOf(1, "a"));
    await open(folder).store.set("b", resultOf(1, "b"));
    expect((await store.stats()).entries).toBe(2);
  });

  test("[C4] another namespace sees nothing of it", async () => {
    const folder = await newFolder();
    await open(folder, { namespace: "code 1" }).store.set("a", resultOf(1, "a"));
    expect(await open(folder, { namespace: "code 2" }).store.get("a")).toBeUndefined();
    expect(await open(folder, { namespace: "code 1" }).store.get("a")).toBeDefined();
  });

  test("[C3] a value without codec is not kept, also where only one of several lacks it", async () => {
    const folder = await newFolder();
    const { store, faults } = open(folder);
    const { outputs, previews } = resultOf(1, "a");
    const model = { value: {}, hash: "m", portType: "model" };
    await store.set("a", { outputs: { ...outputs, model }, previews });
    expect(await readdir(folder)).toEqual([]);
    expect(faults).toEqual([]);
  });

  test("what a killed process left unfinished is removed, once it is old", async () => {
    const folder = await newFolder();
    for (const name of ["old.unfinished", "new.unfinished"]) {
      await writeFile(path.join(folder, name), "half");
    }
    await utimes(path.join(folder, "old.unfinished"), 1, 1);
    expect(await open(folder).store.stats()).toEqual({ entries: 0, bytes: 0 });
    expect(await readdir(folder)).toEqual(["new.unfinished"]);
  });

  test("[C5] two processes at one folder never see half an entry", async () => {
    const folder = await newFolder();
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
    const entry = fileURLToPath(new URL("./disk-store.fixture.ts", import.meta.url));
    const outputs = ["1", "2"].map(async (seed) => {
      const args = ["--conditions=@insightgraph/source", "--import", tsx, entry, folder, seed];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
      let out = "";
      child.stdout.on("data", (chunk) => (out += chunk));
      await new Promise((resolve) => child.on("close", resolve));
      return out;
    });
    expect(await Promise.all(outputs)).toEqual(["done\n", "done\n"]);
    const { store } = open(folder, { maxBytes: 20_000 });
    await store.set("last", resultOf(1, "l"));
    expect((await store.stats()).bytes).toBeLessThanOrEqual(20_000);
    expect((await readdir(folder)).filter((name) => !name.endsWith(".result"))).toEqual([]);
  });
});

describe("disk store, when the disk is at fault", () => {
  test("[C7] any changed byte makes an entry missing, deleted and reported", async () => {
    const folder = await newFolder();
    await open(folder).store.set("a", resultOf(20, "a"));
    const file = await onlyFile(folder);
    const bytes = await readFile(file);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await writeFile(file, changed);
      const { store, faults } = open(folder);
      expect(await store.get("a")).toBeUndefined();
      expect(faults.map(({ code, at: place }) => [code, place])).toEqual([
        ["cache.damaged", { path: file }],
      ]);
      expect(await readdir(folder)).toEqual([]);
    }
  });

  test.each([0, 10, 40, 150])("[C7] an entry cut off at %i bytes is never used", async (length) => {
    const folder = await newFolder();
    await open(folder).store.set("a", resultOf(20, "a"));
    await truncate(await onlyFile(folder), length);
    const { store, faults } = open(folder);
    expect(await store.get("a")).toBeUndefined();
    expect(faults.map(({ code }) => code)).toEqual(["cache.damaged"]);
    await store.set("a", resultOf(20, "a"));
    expect(await store.get("a")).toEqual(resultOf(20, "a"));
  });

  test.runIf(process.platform !== "win32")(
    "[C7] a pipe in place of an entry is removed and reported, and nothing waits for it",
    async () => {
      const folder = await newFolder();
      const { store, faults } = open(folder);
      await store.set("a", resultOf(20, "a"));
      const file = await onlyFile(folder);
      await rm(file);
      execFileSync("mkfifo", [file]);
      expect(await store.get("a")).toBeUndefined();
      expect(faults.map(({ code }) => code)).toEqual(["cache.damaged"]);
      expect(await readdir(folder)).toEqual([]);
    },
  );

  test("an entry under another's name is never used", async () => {
    const folder = await newFolder();
    await open(folder).store.set("a", resultOf(20, "a"));
    const bytes = await readFile(await onlyFile(folder));
    await open(folder).store.clear();
    await open(folder).store.set("b", resultOf(20, "b"));
    await writeFile(await onlyFile(folder), bytes);
    const { store, faults } = open(folder);
    expect(await store.get("b")).toBeUndefined();
    expect(faults.map(({ code }) => code)).toEqual(["cache.damaged"]);
  });

  test("[C8] a folder that cannot exist: nothing is kept, nothing fails, one report", async () => {
    const file = path.join(await newFolder(), "file");
    await writeFile(file, "");
    const { store, faults } = open(path.join(file, "cache"));
    for (const key of ["a", "b"]) {
      await store.set(key, resultOf(1, key));
      await store.touch(key);
      expect(await store.get(key)).toBeUndefined();
    }
    expect(await store.stats()).toEqual({ entries: 0, bytes: 0 });
    await store.clear();
    expect(faults.map(({ code }) => code)).toEqual(["cache.unavailable"]);
  });

  test.skipIf(process.platform === "win32")(
    "a disk that is full while an entry is written: as if it had not been",
    async () => {
      const folder = await newFolder();
      const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
      const entry = fileURLToPath(new URL("./disk-store.fixture.ts", import.meta.url));
      // No file may grow beyond one block: every write of a process breaks off in the middle.
      const limited = 'ulimit -f 1; exec "$0" "$@"';
      const args = ["--conditions=@insightgraph/source", "--import", tsx, entry, folder, "1"];
      const env = { ...process.env, TSX_DISABLE_CACHE: "1" };
      const child = spawn("sh", ["-c", limited, process.execPath, ...args], { env });
      let out = "";
      child.stdout.on("data", (chunk) => (out += chunk));
      await new Promise((resolve) => child.on("close", resolve));
      const lines = out.trim().split("\n");
      expect(lines).toEqual([expect.stringContaining("cache.unavailable at "), "done"]);
      expect((await readdir(folder)).filter((name) => !name.endsWith(".result"))).toEqual([]);
    },
  );
});
