import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { StoreLimits, StoreStats } from "./store.ts";
import { unfinishedSuffix } from "./write-whole.ts";

/** Name ending of entry files. */
export const entrySuffix = ".result";

/** Age of an unfinished file after which its process must have died. */
const abandonedMs = 60 * 60 * 1000;
/** Files that are inspected in parallel. */
const batchSize = 64;

/** Size and last use of an entry file. */
export interface Use {
  readonly bytes: number;
  readonly usedMs: number;
}

/** Entry files by name, the least recently used first. */
export type DiskIndex = Map<string, Use>;

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
}

async function useOf(file: string): Promise<Use | undefined> {
  try {
    const { size, mtimeMs } = await stat(file);
    return { bytes: size, usedMs: mtimeMs };
  } catch (thrown) {
    // Another process may remove entries at any moment.
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw thrown;
  }
}

/** Lists the entries of a folder, and removes abandoned unfinished files. */
export async function scanFolder(folder: string, nowMs: number): Promise<DiskIndex> {
  const names = await filesIn(folder);
  const found: (readonly [string, Use])[] = [];
  for (let at = 0; at < names.length; at += batchSize) {
    const looks = names.slice(at, at + batchSize).map(async (name) => {
      const isEntry = name.endsWith(entrySuffix);
      if (!isEntry && !name.endsWith(unfinishedSuffix)) return;
      const file = path.join(folder, name);
      const use = await useOf(file);
      if (use === undefined) return;
      if (isEntry) found.push([name, use]);
      else if (use.usedMs < nowMs - abandonedMs) await rm(file, { force: true });
    });
    await Promise.all(looks);
  }
  return new Map(found.sort(([, a], [, b]) => a.usedMs - b.usedMs));
}

/** Counts the entries of an index. */
export function statsOf(index: DiskIndex): StoreStats {
  let bytes = 0;
  for (const use of index.values()) bytes += use.bytes;
  return { entries: index.size, bytes };
}

/** Marks an entry as the most recently used one. */
export function markUsed(index: DiskIndex, name: string, use: Use): void {
  index.delete(name);
  index.set(name, use);
}

/** Evicts the least recently used entries until the rest is within the limits. */
export async function trimFolder(
  folder: string,
  index: DiskIndex,
  { maxEntries, maxBytes }: StoreLimits,
): Promise<void> {
  let { bytes } = statsOf(index);
  for (const [name, known] of index) {
    if (index.size <= maxEntries && bytes <= maxBytes) return;
    const file = path.join(folder, name);
    const use = await useOf(file);
    bytes -= known.bytes;
    if (use !== undefined && use.usedMs > known.usedMs + 1) {
      // Another process has used it since.
      markUsed(index, name, use);
      bytes += use.bytes;
      continue;
    }
    index.delete(name);
    await rm(file, { force: true });
  }
}
