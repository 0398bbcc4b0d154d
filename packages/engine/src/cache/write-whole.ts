import { randomUUID } from "node:crypto";
import { open, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { EngineError } from "../errors.ts";

/** Ending of a file that is being written. */
export const UNFINISHED_SUFFIX = ".unfinished";

export interface WriteOptions {
  /** Milliseconds since 1970. @default the time of writing */
  readonly modifiedMs?: number;
}

const REASONS: Readonly<Record<string, string>> = {
  EISDIR: "it is a folder",
  ENOENT: "its folder is not there",
  ENOTDIR: "its folder is not there",
  EACCES: "it may not be written",
  EPERM: "it may not be written",
  EROFS: "its disk may only be read",
  ENAMETOOLONG: "its name is too long",
};

/** What a failed write means to who asked for it: `disk.full` or `file.unwritable`. */
export function writeFault(file: string, cause: unknown): EngineError {
  if (cause instanceof EngineError) return cause;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new EngineError("disk.full", `the disk has no room for "${file}"`, {
      hint: "make room there, or choose another disk.",
      cause,
    });
  }
  const reason = REASONS[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new EngineError("file.unwritable", `"${file}": ${reason}`, {
    hint: "choose another place, or see that you may write there.",
    cause,
  });
}

/**
 * Writes a file that appears whole or not at all; nothing stays behind when writing fails.
 * Throws: `disk.full`, `file.unwritable`.
 */
export async function writeWhole(
  file: string,
  parts: string | readonly Uint8Array[],
  { modifiedMs }: WriteOptions = {},
): Promise<void> {
  const unfinished = path.join(path.dirname(file), `.${randomUUID()}${UNFINISHED_SUFFIX}`);
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
