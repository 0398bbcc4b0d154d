import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { createFolderStore } from "./folder-store.ts";
import { describeObjectStore } from "./object-store.contract.ts";

const root = await mkdtemp(path.join(tmpdir(), "folder-store-"));
afterAll(() => rm(root, { recursive: true }));
let folder = "";

describeObjectStore("folder store", async (isSame) => {
  if (!isSame) folder = path.join(await mkdtemp(path.join(root, "s-")), "made at the first write");
  return createFolderStore(folder);
});

test("what could not be written leaves nothing behind", async () => {
  const place = await mkdtemp(path.join(root, "s-"));
  const store = createFolderStore(place);
  await store.create("a", new Uint8Array(3));
  await store.create("a", new Uint8Array(4));
  expect(await readdir(place)).toEqual(["a"]);
});

test("a folder that is a file is said to be unusable", async () => {
  const file = path.join(root, "file");
  await writeFile(file, "");
  const store = createFolderStore(file);
  const fault = { code: "objects.unavailable" };
  await expect(store.create("a", new Uint8Array())).rejects.toMatchObject(fault);
  await expect(store.read("a")).rejects.toMatchObject(fault);
});
