import { execFileSync } from "node:child_process";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRegular } from "./read-regular.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-regular-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("reads a file within the limit", async () => {
  const file = path.join(folder, "a.json");
  await writeFile(file, "{}");
  expect(Buffer.from(await readRegular(file, 2)).toString()).toBe("{}");
});

test("refuses a file above the limit before reading it", async () => {
  const file = path.join(folder, "large");
  await writeFile(file, "");
  await truncate(file, 1024 ** 4);
  await expect(readRegular(file, 1024 ** 3)).rejects.toMatchObject({
    code: "file.unreadable",
    what: expect.stringContaining("larger than 1 GB"),
  });
});

test.runIf(process.platform !== "win32")("refuses a pipe, a device and a folder", async () => {
  const pipe = path.join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  for (const file of [pipe, "/dev/zero", folder]) {
    await expect(readRegular(file, 1024)).rejects.toMatchObject({ code: "file.unreadable" });
  }
});

test("a missing file is the system's error", async () => {
  await expect(readRegular(path.join(folder, "none"), 1)).rejects.toMatchObject({ code: "ENOENT" });
});
