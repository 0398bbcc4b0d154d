import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { EngineError } from "../errors.ts";

function sizeOf(bytes: number): string {
  const gigabyte = 1024 ** 3;
  return bytes < gigabyte
    ? `${Math.floor(bytes / 1024 ** 2)} MB`
    : `${Math.floor(bytes / gigabyte)} GB`;
}

function refuse(file: string, reason: string): EngineError {
  return new EngineError("file.unreadable", reason, {
    at: { path: file },
    hint: "Give the path of a smaller, ordinary file.",
  });
}

/**
 * Opens a regular file for reading. Pipes and devices are refused: reading them may never end.
 * Throws: `file.unreadable` for what is not a regular file or too large; otherwise the system's error.
 */
export async function openRegular(
  file: string,
  maxBytes: number = Number.POSITIVE_INFINITY,
): Promise<FileHandle> {
  // Without O_NONBLOCK, opening a pipe waits for a writer; Windows has neither.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const about = await handle.stat();
    if (about.isDirectory()) throw refuse(file, "it is a folder");
    if (!about.isFile()) throw refuse(file, "it is a pipe or a device, not a file");
    if (about.size > maxBytes) {
      throw refuse(file, `it is larger than ${sizeOf(maxBytes)}`);
    }
    return handle;
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

/** The bytes of a regular file. Throws: as `openRegular`. */
export async function readRegular(file: string, maxBytes: number): Promise<Uint8Array> {
  const handle = await openRegular(file, maxBytes);
  try {
    const { buffer, byteOffset, byteLength } = await handle.readFile();
    return new Uint8Array(buffer, byteOffset, byteLength);
  } finally {
    await handle.close();
  }
}
