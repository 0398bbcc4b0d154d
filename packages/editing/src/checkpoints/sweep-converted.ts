import { existsSync } from "node:fs";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { bytesIn, convertedRoot } from "./converted-weights.ts";

/** Names the files that a folder of converted weights was made of. */
const sourcesFile = "sources.json";

/** A piece that nobody has written to for so long was cut off. */
const draftLifeMs = 60 * 60 * 1000;

/** Records of which files the converted weights in a folder were made. */
export async function recordSources(folder: string, files: readonly string[]): Promise<void> {
  const file = path.join(folder, sourcesFile);
  const text = JSON.stringify(files);
  if ((await readFile(file, "utf8").catch(() => "")) !== text) await writeFile(file, text);
}

async function areSourcesGone(folder: string): Promise<boolean> {
  const text = await readFile(path.join(folder, sourcesFile), "utf8").catch(() => "[]");
  let files: unknown;
  try {
    files = JSON.parse(text);
  } catch {
    return false;
  }
  return (
    Array.isArray(files) && files.length > 0 && !files.some((file) => existsSync(String(file)))
  );
}

/** Removes pieces of which the writing was cut off. @returns their bytes */
async function sweepDrafts(folder: string, now: number): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".draft")) continue;
    const file = path.join(folder, name);
    // Whoever writes it may have ended meanwhile.
    const found = await stat(file).catch(() => undefined);
    if (found === undefined || now - found.mtimeMs < draftLifeMs) continue;
    await rm(file, { force: true });
    bytes += found.size;
  }
  return bytes;
}

/**
 * Removes converted weights whose checkpoint's files are all gone, and what cut-off conversions left.
 * @param now Milliseconds since 1970. @default Date.now()
 * @returns the bytes that were freed
 */
export async function sweepConverted(store?: string, now = Date.now()): Promise<number> {
  const root = convertedRoot(store);
  let bytes = 0;
  for (const name of await readdir(root).catch(() => [])) {
    const folder = path.join(root, name);
    if (await areSourcesGone(folder)) {
      bytes += await bytesIn(folder);
      await rm(folder, { recursive: true, force: true });
    } else bytes += await sweepDrafts(folder, now);
  }
  return bytes;
}
