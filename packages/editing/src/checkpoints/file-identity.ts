import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";

/** Blocks read of a large file: its first ones, which hold a checkpoint's header, its last one, and some between. */
const sampledBlocks = 64;
const blockBytes = 64 * 1024;

/** Where blocks are read, ascending; all of a small file. */
function offsetsIn(size: number): readonly number[] {
  const count = Math.min(sampledBlocks, Math.ceil(size / blockBytes));
  const last = Math.max(0, size - blockBytes);
  if (count * blockBytes >= size) return Array.from({ length: count }, (_, at) => at * blockBytes);
  return Array.from({ length: count }, (_, at) => Math.round((at * last) / (count - 1)));
}

async function sample(file: FileHandle, size: number): Promise<string> {
  const hash = createHash("sha256");
  const block = Buffer.alloc(blockBytes);
  for (const offset of offsetsIn(size)) {
    const { bytesRead } = await file.read(block, 0, blockBytes, offset);
    hash.update(block.subarray(0, bytesRead));
  }
  return hash.digest("hex");
}

/**
 * What stands for the content of files that are too large to read for a name: path, size, times, inode and sampled
 * blocks. A file whose bytes were changed with equal size and time still differs by its time of change, which
 * no program sets, or by its inode.
 * @param files Absolute paths. @returns in hex
 */
export async function identityOf(files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const name of files) {
    const file = await open(name, "r");
    try {
      const { size, mtimeNs, ctimeNs, ino } = await file.stat({ bigint: true });
      const blocks = await sample(file, Number(size));
      hash.update([name, size, mtimeNs, ctimeNs, ino, blocks].join("\0")).update("\n");
    } finally {
      await file.close();
    }
  }
  return hash.digest("hex");
}
