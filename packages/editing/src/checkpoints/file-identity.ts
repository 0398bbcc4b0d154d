import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";

/** Number of blocks to read from a large file: the first, the last, and evenly spaced ones between. */
const sampledBlocks = 64;
const blockBytes = 64 * 1024;

/** Offsets of the blocks to read, ascending; they cover a small file entirely. */
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
 * Identifies the content of files that are too large to hash: by path, size, times, inode and sampled blocks. A file
 * whose bytes were changed at equal size and modification time still differs in its change time, which programs cannot
 * set, or in its inode.
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
