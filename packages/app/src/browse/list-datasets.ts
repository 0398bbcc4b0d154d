import { opendir } from "node:fs/promises";
import path from "node:path";
import { readManifest } from "@insightgraph/editing/datasets";
import type { ListedDataset } from "@insightgraph/engine/server";

const maxDepth = 3;
const maxFolders = 2000;
const maxListed = 100;

/** The data sets below a folder that have a manifest; what a data set holds is not searched. */
export async function listDatasets(folder: string): Promise<readonly ListedDataset[]> {
  const found: ListedDataset[] = [];
  const waiting: { readonly place: string; readonly depth: number }[] = [
    { place: folder, depth: 0 },
  ];
  for (let looked = 0; looked < maxFolders && found.length < maxListed; looked++) {
    const next = waiting.shift();
    if (next === undefined) break;
    const { place, depth } = next;
    const manifest = await readManifest(place).catch(() => undefined);
    if (manifest !== undefined) {
      const { records, isComplete } = manifest;
      const named = path.relative(folder, place).split(path.sep).join("/") || ".";
      found.push({ path: named, records, isComplete });
      continue;
    }
    if (depth < maxDepth) {
      for (const name of await foldersIn(place)) {
        waiting.push({ place: path.join(place, name), depth: depth + 1 });
      }
    }
  }
  return found;
}

/** Names of the folders in a folder; hidden ones and installed packages are left out. */
async function foldersIn(place: string): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    for await (const entry of await opendir(place)) {
      const isLeftOut = entry.name.startsWith(".") || entry.name === "node_modules";
      if (entry.isDirectory() && !isLeftOut) names.push(entry.name);
    }
  } catch {
    return [];
  }
  return names.sort();
}
