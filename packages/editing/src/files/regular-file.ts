import type { Stats } from "node:fs";
import { readFile, stat } from "node:fs/promises";

/** Looks at a file before it is opened: a pipe or a device may never end. Throws: for those; what `stat` throws. */
export async function statRegular(file: string): Promise<Stats> {
  const about = await stat(file);
  if (!about.isFile() && !about.isDirectory()) throw new Error("it is a pipe or a device");
  return about;
}

/** Reads a regular file. Throws: for any other, and what the system throws. */
export async function readRegular(file: string): Promise<Buffer> {
  await statRegular(file);
  return readFile(file);
}
