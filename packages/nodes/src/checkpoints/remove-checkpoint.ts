import { rm } from "node:fs/promises";
import path from "node:path";
import { whileLocked } from "./add-lock.ts";
import { listFolder } from "./checkpoint-files.ts";

/** Removes a checkpoint from the store; a linked folder itself stays. @returns the bytes that it took in the store */
export async function removeCheckpoint(store: string, name: string): Promise<number> {
  const folder = path.join(store, name);
  return whileLocked(folder, async () => {
    const files = await listFolder(folder);
    // The manifest first: without it nobody finds half a checkpoint.
    await rm(path.join(folder, "manifest.json"), { force: true });
    await rm(folder, { recursive: true });
    return files.reduce((sum, { bytes }) => sum + bytes, 0);
  });
}
