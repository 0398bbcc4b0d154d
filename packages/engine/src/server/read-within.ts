import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";

/**
 * Reads a file that lies in one of the folders once links are resolved.
 * @returns undefined if there is no such file, or if it lies elsewhere.
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
    // Missing or unreadable: the caller answers both in the same way.
  }
  return undefined;
}
