import { mkdir, rmdir } from "node:fs/promises";
import path from "node:path";
import { writeFault } from "@insightgraph/engine/cache";
import { exitCodes } from "./exit-codes.ts";

/** Removes a folder and its parents, up to the first one, while they are empty. */
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
 * Creates a folder for a task that writes into it. If the task fails without writing anything, the
 * folder is removed again.
 * @param task Returns an exit code.
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
