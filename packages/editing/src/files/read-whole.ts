import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { unfitArgument } from "../errors.ts";
import { findSpelling } from "./find-spelling.ts";

/** A file to read, with what error messages need to know about it. */
export interface ReadableFile {
  readonly path: string;
  /** The argument that names the file. */
  readonly argument: string;
  /** What the file should be: "a picture". */
  readonly kind: string;
  readonly maxBytes: number;
}

const reasons: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOENT: ["is not there", "Check the path and the spelling."],
  ENOTDIR: ["is not there", "Check the path and the spelling."],
  EISDIR: ["is a folder", "Give the path of a file."],
  EACCES: ["may not be read", "Give yourself permission to read it."],
  EPERM: ["may not be read", "Give yourself permission to read it."],
  ENAMETOOLONG: ["has a name that is too long", "Check the path."],
  EMFILE: ["cannot be opened: too many files are open", "Close other programs, then try again."],
};

function fault({ argument }: ReadableFile, what: string, hint: string, cause?: unknown): Error {
  return unfitArgument(argument, what, hint, cause);
}

function unreadable(file: ReadableFile, cause: unknown): Error {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const [what, hint] = reasons[code] ?? ["cannot be read", "Check the disk and the path."];
  return fault(file, `"${file.path}" ${what}`, hint, cause);
}

/** Looks before opening: opening a pipe would wait for ever. @returns where the file lies */
async function check(file: ReadableFile): Promise<string> {
  const { path, kind, maxBytes } = file;
  if (path.trim() === "") {
    throw fault(file, `no file is chosen`, "Choose a file or give its path.");
  }
  const place = (await findSpelling(path)) ?? path;
  const about = await stat(place).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  if (about.isDirectory()) {
    throw fault(file, `"${path}" is a folder`, `Give the path of ${kind} file.`);
  }
  if (!about.isFile()) {
    throw fault(file, `"${path}" is not a file`, `Give the path of ${kind} file.`);
  }
  if (about.size > maxBytes) {
    const most = Math.floor(maxBytes / 1024 ** 2);
    throw fault(file, `"${path}" is larger than ${most} MB`, "Make it smaller.");
  }
  return place;
}

/**
 * Reads a file that an argument names.
 *
 * Throws: `argument.unfit`, naming the file.
 */
export async function readWhole(file: ReadableFile): Promise<Uint8Array> {
  const place = await check(file);
  let handle: FileHandle | undefined;
  try {
    handle = await open(place, "r");
    const { buffer, byteOffset, byteLength } = await handle.readFile();
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (cause) {
    throw unreadable(file, cause);
  } finally {
    await handle?.close();
  }
}

/**
 * SHA-256 of a file that an argument names, in hex; the file is streamed.
 *
 * Throws: `argument.unfit`, naming the file.
 */
export async function digestFile(file: ReadableFile): Promise<string> {
  const place = await check(file);
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(place)) hash.update(chunk);
  } catch (cause) {
    throw unreadable(file, cause);
  }
  return hash.digest("hex");
}
