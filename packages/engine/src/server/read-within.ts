import { realpath } from "node:fs/promises";
import path from "node:path";
import { readRegular } from "../cache/read-regular.ts";

/** Larger files are not served. */
const maxBytes = 64 * 1024 ** 2;

/** Whether a path without links lies in one of the folders. */
export async function isWithin(roots: readonly string[], real: string): Promise<boolean> {
  for (const root of roots) {
    const base = await realpath(root).catch(() => undefined);
    if (base !== undefined && real.startsWith(base + path.sep)) return true;
  }
  return false;
}

/**
 * Reads a file that lies in one of the folders once links are resolved.
 * @returns undefined if there is no such file, or if it lies elsewhere.
 */
export async function readWithin(
  roots: readonly string[],
  file: string,
): Promise<Uint8Array | undefined> {
  try {
    const real = await realpath(file);
    if (await isWithin(roots, real)) return await readRegular(real, maxBytes);
  } catch {
    // Missing or unreadable: the caller answers both in the same way.
  }
  return undefined;
}
