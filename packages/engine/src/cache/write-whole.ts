import { randomUUID } from "node:crypto";
import { open, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { EngineError } from "../errors.ts";

/** Name ending of a file that is being written. */
export const unfinishedSuffix = ".unfinished";

/** How a file is written. */
export interface WriteOptions {
  /** Milliseconds since 1970. @default the time of writing */
  readonly modifiedMs?: number;
}

const reasons: Readonly<Record<string, string>> = {
  EISDIR: "it is a folder",
  ENOENT: "its folder does not exist",
  ENOTDIR: "its folder does not exist",
  EACCES: "it is not writable",
  EPERM: "it is not writable",
  EROFS: "its disk is read-only",
  ENAMETOOLONG: "its name is too long",
};

/** Converts a failed write to `disk.full` or `file.unwritable`. */
export function writeFault(file: string, cause: unknown): EngineError {
  if (cause instanceof EngineError) return cause;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new EngineError("disk.full", `the disk has no room for "${file}"`, {
      hint: "Free space there, or choose another disk.",
      cause,
    });
  }
  const reason = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new EngineError("file.unwritable", `"${file}": ${reason}`, {
    hint: "Choose another place, or make it writable.",
    cause,
  });
}

/**
 * Writes a file atomically: it appears whole or not at all, and a failed write leaves nothing behind.
 * Throws: `disk.full`, `file.unwritable`.
 */
export async function writeWhole(
  file: string,
  parts: string | readonly Uint8Array[],
  { modifiedMs }: WriteOptions = {},
): Promise<void> {
  const unfinished = path.join(path.dirname(file), `.${randomUUID()}${unfinishedSuffix}`);
  try {
    const handle = await open(unfinished, "wx");
    try {
      await writeFile(handle, parts);
      if (modifiedMs !== undefined) await handle.utimes(modifiedMs / 1000, modifiedMs / 1000);
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw writeFault(file, cause);
  }
}
