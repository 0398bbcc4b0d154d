import { readdir, rm, rmdir, stat } from "node:fs/promises";
import path from "node:path";
import { EngineError } from "../errors.ts";

/** How much a folder of uploads may hold. */
export interface RoomLimits {
  /** @default 8 GB */
  readonly maxBytes?: number;
  /** Files that were not written for this long may go. @default 30 days */
  readonly keepMs?: number;
  /** Milliseconds since 1970. @default the clock */
  readonly now?: () => number;
}

interface KeptFile {
  readonly file: string;
  readonly bytes: number;
  readonly writtenMs: number;
}

const defaultMaxBytes = 8 * 1024 ** 3;
const defaultKeepMs = 30 * 24 * 60 * 60 * 1000;

async function filesIn(folder: string): Promise<KeptFile[]> {
  const files: KeptFile[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const file = path.join(folder, name);
    const about = await stat(file).catch(() => undefined);
    if (about?.isFile()) files.push({ file, bytes: about.size, writtenMs: about.mtimeMs });
  }
  return files;
}

/** Removes an upload, and the folder of its content with its last file. */
async function remove(file: string, root: string): Promise<void> {
  await rm(file, { force: true });
  const folder = path.dirname(file);
  // One that still holds something stays.
  if (folder !== root) await rmdir(folder).catch(() => {});
}

/**
 * Removes the oldest uploads until some more bytes fit; those of the last 30 days stay, because a
 * graph may need them.
 * Throws: `disk.full` where that is not enough.
 */
export async function makeRoom(
  folder: string,
  moreBytes: number,
  { maxBytes = defaultMaxBytes, keepMs = defaultKeepMs, now = Date.now }: RoomLimits = {},
): Promise<void> {
  const files = await filesIn(folder);
  let bytes = moreBytes + files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes <= maxBytes) return;
  const old = files.filter(({ writtenMs }) => now() - writtenMs > keepMs);
  for (const file of old.sort((a, b) => a.writtenMs - b.writtenMs)) {
    if (bytes <= maxBytes) return;
    await remove(file.file, folder);
    bytes -= file.bytes;
  }
  if (bytes <= maxBytes) return;
  throw new EngineError("disk.full", `the uploads in "${folder}" take all the room they may`, {
    hint: "Delete uploaded pictures there that no graph needs.",
  });
}
