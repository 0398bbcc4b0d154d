import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { checkpointsFolder } from "./checkpoints-folder.ts";
import { convertedBytes } from "./converted-weights.ts";
import { shippedFolder } from "./locate-checkpoint.ts";
import { isCheckpointName, type Manifest, readManifest } from "./manifest.ts";

/** A checkpoint as `listCheckpoints` found it. */
export interface ListedCheckpoint {
  readonly name: string;
  /** Folder of its files. */
  readonly root: string;
  readonly isShipped: boolean;
  readonly parts: readonly string[];
  /** Undefined if the download is incomplete or the manifest cannot be read. */
  readonly manifest: Manifest | undefined;
  readonly problem?: string;
  /** Bytes of its weights in other forms, beside its own. */
  readonly convertedBytes: number;
}

async function describe(
  store: string,
  name: string,
  checkpoints: string,
): Promise<ListedCheckpoint> {
  const inStore = path.join(store, name);
  const isShipped = store === shippedFolder;
  try {
    const manifest = await readManifest(store, name);
    const root = manifest?.folder ?? inStore;
    if (manifest !== undefined) {
      const digests = Object.values(manifest.components).map(({ digest }) => digest);
      const parts = Object.keys(manifest.components);
      const bytes = await convertedBytes(checkpoints, digests);
      return { name, root, isShipped, parts, manifest, convertedBytes: bytes };
    }
    const problem = "incomplete; add it again to resume";
    return { name, root, isShipped, parts: [], manifest, problem, convertedBytes: 0 };
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown);
    return {
      name,
      root: inStore,
      isShipped,
      parts: [],
      manifest: undefined,
      problem,
      convertedBytes: 0,
    };
  }
}

/** @param checkpoints The store beside which converted weights lie. */
async function listIn(
  store: string,
  checkpoints: string = store,
): Promise<readonly ListedCheckpoint[]> {
  const names = await readdir(store).catch(() => []);
  const folders: string[] = [];
  for (const name of names.filter(isCheckpointName).sort()) {
    const found = await stat(path.join(store, name)).catch(() => undefined);
    if (found?.isDirectory()) folders.push(name);
  }
  return Promise.all(folders.map((name) => describe(store, name, checkpoints)));
}

/** Every checkpoint: those of the store by name, then those that ship. */
export async function listCheckpoints(
  store: string = checkpointsFolder,
): Promise<readonly ListedCheckpoint[]> {
  return [...(await listIn(store)), ...(await listIn(shippedFolder, store))];
}
