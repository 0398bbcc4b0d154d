import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openObjectStore } from "@insightgraph/engine/objects";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Ask, patiently } from "./patiently.ts";
import { createRunFiles } from "./run-files.ts";

let folder = "";
const bytes = Uint8Array.of(1, 2, 3);
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "run-files-"));
});
afterEach(() => rm(folder, { recursive: true }));

function open(run: string, ask: Ask = (what) => what()) {
  return createRunFiles(openObjectStore(path.join(folder, "store")), run, ask);
}

test("files are found by their content, each run has its own, and clearing leaves those of others", async () => {
  const [one, two] = [open("one"), open("two")];
  const digest = await one.put(bytes);
  expect(await one.put(bytes)).toBe(digest);
  await two.put(bytes);
  await one.clear();
  expect([...(await two.get(digest))]).toEqual([1, 2, 3]);
  await expect(one.get(digest)).rejects.toMatchObject({ code: "file.unreadable" });
});

test("a file is sent once, however often it is put, and again where all were removed", async () => {
  let asked = 0;
  const files = open("one", (what) => {
    asked += 1;
    return what();
  });
  for (let time = 0; time < 3; time++) await files.put(bytes);
  expect(asked).toBe(1);
  // So many later ones let it be forgotten: what is remembered is bounded.
  for (let first = 0; first < 1000; first += 100) {
    const others = Array.from({ length: 100 }, (_, at) => Uint8Array.of(first / 100, at));
    await Promise.all(others.map((other) => files.put(other)));
  }
  expect(asked).toBe(1001);
  await files.put(bytes);
  await files.put(bytes);
  expect(asked).toBe(1002);
  await files.clear();
  const digest = await files.put(bytes);
  expect([...(await files.get(digest))]).toEqual([1, 2, 3]);
});

test("a store that is away is waited for, until it is given up", async () => {
  const store = path.join(folder, "store");
  await writeFile(store, "in the way of the folder");
  const ended = new AbortController();
  const lines: string[] = [];
  const files = open("one", (what) =>
    patiently(what, ended.signal, (line) => {
      lines.push(line);
      if (lines.length === 1) void rm(store);
    }),
  );
  const digest = await files.put(bytes);
  expect(lines).toEqual([
    expect.stringContaining("objects.unavailable"),
    "what was away is there again",
  ]);
  expect([...(await files.get(digest))]).toEqual([1, 2, 3]);
  await rm(store, { recursive: true });
  await writeFile(store, "in the way of the folder");
  ended.abort();
  await expect(files.put(Uint8Array.of(4))).rejects.toMatchObject({ code: "objects.unavailable" });
});
