import { writeWhole } from "@insightgraph/editing/files";
import type { ExistingFile, RunContext } from "@insightgraph/engine/node";

/**
 * Writes a file, whole or not at all, and tells where.
 * Throws: `node.bad-input`, at param `path`.
 */
export async function saveFile(
  content: Uint8Array | string,
  path: string,
  existing: ExistingFile,
  { signal, log, reserve, saved }: RunContext,
): Promise<void> {
  const file = await reserve(path, existing);
  signal.throwIfAborted();
  await writeWhole(file, content);
  log(`saved ${file}`);
  saved(file);
}
