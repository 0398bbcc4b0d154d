import { mkdtemp, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { identityOf } from "./file-identity.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "identity-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("sees changed bytes of equal size and time", async () => {
  const file = join(folder, "weights.safetensors");
  await writeFile(file, Buffer.alloc(1000, 1));
  const { atime, mtime } = await stat(file);
  const before = await identityOf([file]);
  expect(await identityOf([file])).toBe(before);
  await writeFile(file, Buffer.alloc(1000, 2));
  await utimes(file, atime, mtime);
  expect((await stat(file)).mtimeMs).toBeCloseTo(mtime.getTime(), 1);
  expect(await identityOf([file])).not.toBe(before);
});

test("reads a bounded part of a large file", async () => {
  const file = join(folder, "large.safetensors");
  await writeFile(file, "");
  await truncate(file, 64 * 1024 ** 3);
  expect(await identityOf([file])).toMatch(/^[0-9a-f]{64}$/);
});

test("takes an empty file", async () => {
  const file = join(folder, "empty.json");
  await writeFile(file, "");
  expect(await identityOf([file])).toMatch(/^[0-9a-f]{64}$/);
});
