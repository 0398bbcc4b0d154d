import { mkdir, rmdir } from "node:fs/promises";
import path from "node:path";
import { writeFault } from "@insightgraph/engine/cache";
import { exitCodes } from "./exit-codes.ts";

/** Removes a folder and those around it up to the first one, as long as they are empty. */
async function removeEmpty(folder: string, first: string): Promise<void> {
  for (let at = folder; at.startsWith(first); at = path.dirname(at)) {
    const isGone = await rmdir(at).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}

/**
 * Makes a folder for a task that writes into it; where the task fails and has written nothing,
 * the folder goes again.
 * @param task Gives an exit code.
 * Throws: `file.unwritable`, `disk.full`.
 */
export async function inFolder(folder: string, task: () => Promise<number>): Promise<number> {
  const first = await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw writeFault(folder, cause);
  });
  let code: number | undefined;
  try {
    code = await task();
    return code;
  } finally {
    if (code !== exitCodes.done && first !== undefined) await removeEmpty(folder, first);
  }
}
