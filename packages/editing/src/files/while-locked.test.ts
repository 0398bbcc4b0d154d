import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { whileLocked } from "./while-locked.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "while-locked-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const lock = (task: () => Promise<unknown>) =>
  whileLocked(folder, "work", (owner) => new Error(`process ${owner}`), task);

test("one task at a time: in this process, and beside another one that lives", async () => {
  const file = path.join(folder, "work.lock");
  const inside = lock(async () => {
    await expect(lock(async () => {})).rejects.toThrow(`process ${process.pid}`);
    return readdir(folder);
  });
  await expect(lock(async () => {})).rejects.toThrow(`process ${process.pid}`);
  expect(await inside).toEqual(["work.lock"]);
  await rm(folder, { recursive: true, force: true });
  expect(await lock(() => writeFile(path.join(folder, "kept"), ""))).toBeUndefined();
  expect(await readdir(folder)).toEqual(["kept"]);
  await writeFile(file, String(process.ppid));
  await expect(lock(async () => {})).rejects.toThrow(`process ${process.ppid}`);
});

test.each(["4194305", String(process.pid), ""])(
  "the lock of a process that was killed, %j, is taken over",
  async (owner) => {
    await writeFile(path.join(folder, "work.lock"), owner);
    await lock(async () => {});
    expect(await lock(async () => "done")).toBe("done");
  },
);
