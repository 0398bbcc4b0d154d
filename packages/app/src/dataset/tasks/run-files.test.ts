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
  await expect(files.put(bytes)).rejects.toMatchObject({ code: "objects.unavailable" });
});
