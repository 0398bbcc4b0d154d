import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { convertedFolder, convertedRoot } from "./converted-weights.ts";
import { recordSources, sweepConverted } from "./sweep-converted.ts";

let store = "";
beforeEach(async () => {
  store = await mkdtemp(path.join(tmpdir(), "sweep-"));
});
afterEach(() => rm(store, { recursive: true }));

const hour = 60 * 60 * 1000;

/** Converted weights of two files, 100 bytes. @returns their folder, and the files */
async function converted(digit: string) {
  const folder = convertedFolder(digit.repeat(64), "int8", ["weight"], store);
  const sources = [path.join(store, `${digit}1`), path.join(store, `${digit}2`)];
  await mkdir(folder, { recursive: true });
  for (const file of sources) await writeFile(file, "weights");
  await writeFile(path.join(folder, "0000.safetensors"), new Uint8Array(100));
  await recordSources(folder, sources);
  return { folder, sources };
}

test("removes what was made of files that are all gone, and nothing else", async () => {
  const [gone, half, whole] = [await converted("a"), await converted("b"), await converted("c")];
  const unknown = convertedFolder("d".repeat(64), "int8", ["weight"], store);
  await mkdir(unknown);
  for (const file of [...gone.sources, ...half.sources.slice(1)]) await rm(file);
  const freed = await sweepConverted(store);
  expect(freed).toBeGreaterThanOrEqual(100);
  const left = [half.folder, whole.folder, unknown].map((folder) => path.basename(folder));
  expect((await readdir(convertedRoot(store))).toSorted()).toEqual(left.toSorted());
  expect(await sweepConverted(store)).toBe(0);
});

test("what moved is not gone: its new place is recorded", async () => {
  const { folder, sources } = await converted("a");
  const moved = path.join(store, "moved");
  await writeFile(moved, "weights");
  await recordSources(folder, [moved]);
  for (const file of sources) await rm(file);
  expect(await sweepConverted(store)).toBe(0);
});

test("removes a piece that was cut off once it is old, and never one that is being written", async () => {
  const { folder } = await converted("a");
  const now = Date.now();
  for (const [name, age] of [
    ["0001.safetensors.7.draft", 2 * hour],
    ["0001.safetensors.8.draft", hour / 2],
  ] as const) {
    await writeFile(path.join(folder, name), "half");
    await utimes(path.join(folder, name), (now - age) / 1000, (now - age) / 1000);
  }
  expect(await sweepConverted(store, now)).toBe(4);
  expect(await readdir(folder)).toEqual([
    "0000.safetensors",
    "0001.safetensors.8.draft",
    "sources.json",
  ]);
});

test("a damaged record removes nothing", async () => {
  const { folder, sources } = await converted("a");
  for (const file of sources) await rm(file);
  const record = path.join(folder, "sources.json");
  await writeFile(record, (await readFile(record)).subarray(0, 5));
  expect(await sweepConverted(store)).toBe(0);
});

test("without any converted weights there is nothing to do", async () => {
  expect(await sweepConverted(path.join(store, "none"))).toBe(0);
});
