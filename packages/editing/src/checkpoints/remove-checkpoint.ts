import { rm } from "node:fs/promises";
import path from "node:path";
import { EditingError } from "../errors.ts";
import { listFolder } from "./checkpoint-files.ts";
import { removeConverted } from "./converted-weights.ts";
import { isShipped } from "./locate-checkpoint.ts";
import { readManifest } from "./manifest.ts";
import { whileAdding } from "./while-adding.ts";

/**
 * Removes a checkpoint from the store; a linked folder is left untouched. Throws: checkpoint.name for one that ships.
 * @returns its size in the store, in bytes
 */
export async function removeCheckpoint(store: string, name: string): Promise<number> {
  if (isShipped(name)) {
    throw new EditingError("checkpoint.name", "it ships with InsightGraph and cannot be removed.", {
      at: name,
      hint: "Only added checkpoints can be removed; `insightgraph models list` shows them.",
    });
  }
  const folder = path.join(store, name);
  const manifest = await readManifest(store, name).catch(() => undefined);
  const digests = Object.values(manifest?.components ?? {}).map(({ digest }) => digest);
  return whileAdding(folder, async () => {
    const converted = await removeConverted(store, digests);
    const files = await listFolder(folder);
    // The manifest goes first: without it, a half-removed checkpoint cannot be found.
    await rm(path.join(folder, "manifest.json"), { force: true });
    await rm(folder, { recursive: true });
    return files.reduce((sum, { bytes }) => sum + bytes, converted);
  });
}
