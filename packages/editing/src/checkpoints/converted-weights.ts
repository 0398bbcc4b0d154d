import { createHash } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { WeightForm } from "@insightgraph/models";
import { checkpointsFolder } from "./checkpoints-folder.ts";

/** The folder of all converted weights, beside the checkpoints; no checkpoint has such a name. */
export const convertedRoot = (store: string = checkpointsFolder): string =>
  path.join(store, ".converted");

/** A part's folders begin with it, whatever they hold. */
const prefixOf = (digest: string): string => digest.slice(0, 24);

/**
 * The folder in which converted weights of a part are kept: for its content, the form, and the names of what is converted.
 * @param digest Of the part, as `CheckpointComponent` has it.
 */
export function convertedFolder(
  digest: string,
  form: WeightForm,
  names: readonly string[],
  store?: string,
): string {
  const list = createHash("sha256").update(names.join("\n")).digest("hex").slice(0, 8);
  return path.join(convertedRoot(store), `${prefixOf(digest)}-${form}-${list}`);
}

/** The folder whose being there says that a part's weights were read and are finite. */
export const finiteRecord = (digest: string, store?: string): string =>
  path.join(convertedRoot(store), `${prefixOf(digest)}-finite`);

const foldersIn = (store: string): Promise<readonly string[]> =>
  readdir(convertedRoot(store)).catch(() => []);

/** Bytes of the files in a folder; none where there is no such folder. */
export async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = names.map(async (name) => (await stat(path.join(folder, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Bytes of the converted weights of parts. @param digests @default all that there are */
export async function convertedBytes(store: string, digests?: readonly string[]): Promise<number> {
  const prefixes = digests?.map(prefixOf);
  const found = (await foldersIn(store)).filter(
    (name) => prefixes?.some((prefix) => name.startsWith(prefix)) ?? true,
  );
  const sizes = found.map((name) => bytesIn(path.join(convertedRoot(store), name)));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Removes the converted weights of parts. @returns their bytes */
export async function removeConverted(store: string, digests: readonly string[]): Promise<number> {
  const bytes = await convertedBytes(store, digests);
  const prefixes = digests.map(prefixOf);
  for (const name of await foldersIn(store)) {
    if (!prefixes.some((prefix) => name.startsWith(prefix))) continue;
    await rm(path.join(convertedRoot(store), name), { recursive: true });
  }
  return bytes;
}
