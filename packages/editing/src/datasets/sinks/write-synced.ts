import { open } from "node:fs/promises";

/** Writes a new file; it is on the disk when this resolves. Throws: what the file system throws. */
export async function writeSynced(file: string, content: Uint8Array | string): Promise<void> {
  const handle = await open(file, "wx");
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
