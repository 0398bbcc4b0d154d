import { existsSync } from "node:fs";
import path from "node:path";
import { shippedWeightsFolder } from "@insightgraph/models";
import { isCheckpointName, type Manifest, readManifest } from "./manifest.ts";

/** Folder of the checkpoints that ship, each with its manifest as added ones have. */
export const shippedFolder: string = shippedWeightsFolder("");

/** Whether a name is that of a checkpoint that ships. */
export function isShipped(name: string): boolean {
  return isCheckpointName(name) && existsSync(path.join(shippedFolder, name));
}

/** A checkpoint's manifest and the folder of its files. */
export interface LocatedManifest {
  readonly root: string;
  readonly manifest: Manifest;
}

/** Looks for a checkpoint among the added ones, then among those that ship. Throws: checkpoint.damaged. */
export async function locateCheckpoint(
  store: string,
  name: string,
): Promise<LocatedManifest | undefined> {
  if (!isCheckpointName(name)) return undefined;
  for (const folder of [store, shippedFolder]) {
    const manifest = await readManifest(folder, name);
    if (manifest !== undefined) {
      return { root: manifest.folder ?? path.join(folder, name), manifest };
    }
  }
  return undefined;
}
