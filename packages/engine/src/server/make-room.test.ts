import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
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

test("files in the folders of their contents count, and an emptied folder goes", async () => {
  for (const name of ["full", "single"]) await mkdir(path.join(folder, name));
  for (const name of ["full/a", "full/b", "single/c"]) {
    await writeFile(path.join(folder, name), "x".repeat(10));
    await utimes(
      path.join(folder, name),
      name === "full/b" ? 1000 : 10,
      name === "full/b" ? 1000 : 10,
    );
  }
  await makeRoom(folder, 0, { ...limits, maxBytes: 40 });
  expect((await readdir(folder, { recursive: true })).sort()).toEqual([
    ...["fresh", "full", "full/b", "old", "older"],
  ]);
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
