import { type FileHandle, open, readFile, rm, truncate } from "node:fs/promises";
import { writeFault, writeWhole } from "../cache/write-whole.ts";

/** A file of JSON lines that grows; what `append` has resolved survives the death of the process. */
export interface Journal {
  /** Bytes written so far. */
  readonly size: number;
  /** Throws: `disk.full`, `file.unwritable`; the file is then as it was before. */
  append(entry: unknown): Promise<void>;
  /** Replaces all lines by one. */
  rewrite(entry: unknown): Promise<void>;
  close(): Promise<void>;
  /** Closes and deletes it. */
  remove(): Promise<void>;
}

function toLine(entry: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(entry)}\n`);
}

/** Creates a journal with its first line, or opens one that is there. */
async function openAt(file: string, sizeBytes: number): Promise<Journal> {
  let handle: FileHandle = await open(file, "a");
  let size = sizeBytes;
  return {
    get size() {
      return size;
    },
    async append(entry) {
      const line = toLine(entry);
      try {
        await handle.appendFile(line);
        size += line.length;
      } catch (cause) {
        // A part of the line may have been written.
        await handle.truncate(size).catch(() => {});
        throw writeFault(file, cause);
      }
    },
    async rewrite(entry) {
      const line = toLine(entry);
      await writeWhole(file, [line]);
      await handle.close();
      handle = await open(file, "a");
      size = line.length;
    },
    close: () => handle.close(),
    async remove() {
      await handle.close();
      await rm(file, { force: true });
    },
  };
}

/** Creates a journal that begins with an entry. Throws: `disk.full`, `file.unwritable`. */
export async function createJournal(file: string, first: unknown): Promise<Journal> {
  const line = toLine(first);
  await writeWhole(file, [line]);
  return openAt(file, line.length);
}

/** The entries of a journal. A last line that was cut, which nobody was told of, is removed. */
export async function openJournal(
  file: string,
): Promise<{ readonly journal: Journal; readonly entries: readonly unknown[] }> {
  const bytes = await readFile(file);
  const size = bytes.lastIndexOf(0x0a) + 1;
  if (size < bytes.length) await truncate(file, size);
  const lines = bytes.subarray(0, size).toString().split("\n").slice(0, -1);
  const entries = lines.map((line): unknown => JSON.parse(line));
  return { journal: await openAt(file, size), entries };
}
