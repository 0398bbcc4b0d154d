import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { checkpointsFolder } from "./checkpoints-folder.ts";
import { isCheckpointName, type Manifest, readManifest } from "./manifest.ts";

export interface ListedCheckpoint {
  readonly name: string;
  readonly parts: readonly string[];
  /** Undefined where it was not fetched to the end, or cannot be read. */
  readonly manifest: Manifest | undefined;
  readonly problem?: string;
}

async function listed(store: string, name: string): Promise<ListedCheckpoint> {
  try {
    const manifest = await readManifest(store, name);
    if (manifest !== undefined) return { name, parts: Object.keys(manifest.components), manifest };
    return { name, parts: [], manifest, problem: "not complete: add it again to go on" };
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown);
    return { name, parts: [], manifest: undefined, problem };
  }
}

/** Every checkpoint of the store, by name. */
export async function listCheckpoints(
  store: string = checkpointsFolder,
): Promise<readonly ListedCheckpoint[]> {
  const names = await readdir(store).catch(() => []);
  const folders: string[] = [];
  for (const name of names.filter(isCheckpointName).sort()) {
    const found = await stat(path.join(store, name)).catch(() => undefined);
    if (found?.isDirectory()) folders.push(name);
  }
  return Promise.all(folders.map((name) => listed(store, name)));
}
