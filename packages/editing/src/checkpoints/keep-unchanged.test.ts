import { mkdtemp, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepUnchanged } from "./keep-unchanged.ts";

let folder = "";
let file = "";
let readings = 0;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-keep-"));
  file = path.join(folder, "manifest.json");
  readings = 0;
  await writeFile(file, "one");
});
afterEach(() => rm(folder, { recursive: true }));

async function read(place: string): Promise<string> {
  readings += 1;
  return readFile(place, "utf8");
}
/** A clock by which every file was written long ago. */
const later = (): number => Date.now() + 60_000;

test("a file is not read again while it is the same", async () => {
  const keep = keepUnchanged(read, later);
  for (let call = 0; call < 3; call++) expect(await keep(file)).toBe("one");
  expect(readings).toBe(1);
});

test.each([
  ["other bytes of equal size and time", async () => writeFile(file, "two")],
  [
    "another file in its place",
    async () => {
      await writeFile(`${file}.new`, "two");
      await rename(`${file}.new`, file);
    },
  ],
] as const)("%s are read", async (_, change) => {
  const keep = keepUnchanged(read, later);
  const { atime, mtime } = await stat(file);
  await keep(file);
  await change();
  await utimes(file, atime, mtime);
  expect(await keep(file)).toBe("two");
});

test("a file that was written just now is read again: its times may stay where it is written once more", async () => {
  const keep = keepUnchanged(read);
  await keep(file);
  await keep(file);
  expect(readings).toBe(2);
});

test("a failure is not kept, nor the content of a file that is gone", async () => {
  const keep = keepUnchanged(read, later);
  await keep(file);
  await rm(file);
  await expect(keep(file)).rejects.toThrow("ENOENT");
  await writeFile(file, "two");
  expect(await keep(file)).toBe("two");
});
