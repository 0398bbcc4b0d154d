import { readFile, realpath } from "node:fs/promises";
import path from "node:path";

/** A picture of an ablation's folder, links resolved; undefined for anything else. */
export async function readPicture(folder: string, file: string): Promise<Uint8Array | undefined> {
  if (path.extname(file) !== ".png" || file.includes("\0")) return undefined;
  try {
    const [root, real] = await Promise.all([
      realpath(path.join(folder, "pictures")),
      realpath(path.join(folder, file)),
    ]);
    return real.startsWith(root + path.sep) ? await readFile(real) : undefined;
  } catch {
    // Missing or unreadable: nothing is there.
    return undefined;
  }
}
