import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { convertedBytes, convertedFolder, removeConverted } from "./converted-weights.ts";

let store = "";
beforeEach(async () => {
  store = await mkdtemp(path.join(tmpdir(), "converted-"));
});
afterEach(() => rm(store, { recursive: true }));

const [one, other] = ["a".repeat(64), "b".repeat(64)];

async function write(digest: string, form: "float16" | "int8", bytes: number): Promise<void> {
  const folder = convertedFolder(digest, form, ["weight"], store);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "0000.safetensors"), new Uint8Array(bytes));
}

test("converted weights are counted and removed with the part that they belong to", async () => {
  await write(one, "float16", 300);
  await write(one, "int8", 20);
  await write(other, "int8", 7);
  expect(await convertedBytes(store)).toBe(327);
  expect(await convertedBytes(store, [one])).toBe(320);
  expect(await removeConverted(store, [one])).toBe(320);
  expect(await convertedBytes(store)).toBe(7);
  expect(await readdir(path.join(store, ".converted"))).toHaveLength(1);
});

test("other tensors of the same part have a folder of their own", () => {
  const folderOf = (names: readonly string[]) => convertedFolder(one, "int8", names, store);
  expect(folderOf(["a"])).not.toBe(folderOf(["a", "b"]));
});
