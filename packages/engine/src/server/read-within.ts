import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";

/**
 * Reads a file that really lies under one of some folders, links followed.
 * @returns undefined where there is no such file, or it lies elsewhere.
 */
export async function readWithin(
  roots: readonly string[],
  file: string,
): Promise<Buffer | undefined> {
  try {
    const real = await realpath(file);
    for (const root of roots) {
      const base = await realpath(root).catch(() => undefined);
      if (base === undefined || !real.startsWith(base + path.sep)) continue;
      return (await stat(real)).isFile() ? await readFile(real) : undefined;
    }
  } catch {
    // Not there, or not to be read: for the asker both are the same.
  }
  return undefined;
}
