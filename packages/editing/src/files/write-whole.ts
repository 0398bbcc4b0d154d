import { randomUUID } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { unfitArgument } from "../errors.ts";
import { findSpelling } from "./find-spelling.ts";

const reasons: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  EISDIR: ["is a folder", "Choose another name."],
  EACCES: ["may not be written", "Choose another place, or give yourself permission."],
  EPERM: ["may not be written", "Choose another place, or give yourself permission."],
  EROFS: ["lies on a disk that may only be read", "Choose another place."],
  ENAMETOOLONG: ["is too long a name", "Choose a shorter one."],
};

/** A full disk; the request itself is valid. */
class DiskFullError extends Error {
  override readonly name = "DiskFullError";
  readonly hint = "Make room there, or choose another disk.";
}

const full = new Set(["ENOSPC", "EDQUOT"]);

function unwritable(path: string, cause: unknown): Error {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (full.has(code)) {
    return new DiskFullError(`the disk has no room for "${path}"`, { cause });
  }
  const [what, hint] = reasons[code] ?? ["cannot be written", "Check the path and the disk."];
  return unfitArgument("path", `"${path}" ${what}`, hint, cause);
}

/**
 * Checks that the folder of a path exists, before any work is done.
 *
 * Throws: `argument.unfit`, at param `path`.
 */
export async function requireFolder(path: string): Promise<void> {
  if (sep === "/" && path.includes("\\")) {
    const what = `"${path}" has back-slashes, which do not separate folders here`;
    throw unfitArgument("path", what, `Write "${path.replaceAll("\\", "/")}".`);
  }
  const folder = dirname(path);
  const about = await stat(folder).catch(() => undefined);
  if (about?.isDirectory()) return;
  const spelling = await findSpelling(folder);
  throw unfitArgument(
    "path",
    `there is no folder "${folder}" to save "${basename(path)}" in`,
    spelling === undefined
      ? "Create the folder first, or choose another one."
      : `"${spelling}" is there, with accents in another Unicode form. Use that one, or make the folder.`,
  );
}

/**
 * Writes a file atomically: readers see the old content or the new, never a part. A failed write leaves nothing behind.
 *
 * Throws: `argument.unfit`; where the disk is full, an error that says so.
 */
export async function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  const name = `.${basename(path).slice(0, 100)}.${randomUUID().slice(0, 8)}.tmp`;
  const unfinished = join(dirname(path), name);
  try {
    const file = await open(unfinished, "wx");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw unwritable(path, cause);
  }
}
