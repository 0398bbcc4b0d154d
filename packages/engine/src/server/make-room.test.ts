import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeRoom } from "./make-room.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-room-"));
  for (const [name, seconds] of Object.entries({ old: 100, older: 50, fresh: 1000 })) {
    await writeFile(path.join(folder, name), "x".repeat(10));
    await utimes(path.join(folder, name), seconds, seconds);
  }
});
afterEach(() => rm(folder, { recursive: true }));

const limits = { maxBytes: 30, keepMs: 500_000, now: () => 1_000_000 };

test("what fits needs no room", async () => {
  await makeRoom(folder, 0, limits);
  expect(await readdir(folder)).toHaveLength(3);
});

test("the oldest uploads go first", async () => {
  await makeRoom(folder, 5, limits);
  expect((await readdir(folder)).sort()).toEqual(["fresh", "old"]);
});

test("recent uploads stay, whatever is uploaded", async () => {
  await expect(makeRoom(folder, 25, limits)).rejects.toMatchObject({ code: "disk.full" });
  expect(await readdir(folder)).toEqual(["fresh"]);
});

test("a clock that jumps back removes nothing", async () => {
  const back = { ...limits, now: () => 0 };
  await expect(makeRoom(folder, 25, back)).rejects.toMatchObject({ code: "disk.full" });
  expect(await readdir(folder)).toHaveLength(3);
});
