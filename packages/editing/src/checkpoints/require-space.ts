import { mkdir, statfs } from "node:fs/promises";
import { EditingError } from "../errors.ts";

const inGigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/**
 * Refuses to begin what a disk has too little room for.
 * @param what As the subject of a sentence.
 * Throws: checkpoint.space.
 */
export async function requireSpace(folder: string, needed: number, what: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (needed <= free) return;
  throw new EditingError(
    "checkpoint.space",
    `${what} needs ${inGigabytes(needed)}, but only ${inGigabytes(free)} are free.`,
    {
      at: folder,
      hint: "Free some space, set INSIGHTGRAPH_MODELS to a folder on a larger disk, use --variant fp16, or add fewer parts with --only.",
    },
  );
}
