import { readdir, stat } from "node:fs/promises";
import path from "node:path";

/** Whether backslashes are part of file names here rather than separators. */
const hasPlainBackslashes = path.sep === "/";

async function isThere(place: string): Promise<boolean> {
  return stat(place).then(
    () => true,
    () => false,
  );
}

/** The entry of a folder that differs from a name by the Unicode form of its accents alone. */
async function entryLike(folder: string, name: string): Promise<string | undefined> {
  const names = await readdir(folder).catch(() => []);
  return names.find((entry) => entry.normalize("NFC") === name.normalize("NFC"));
}

/**
 * How the disk spells a path: the path itself if it exists, else with slashes for backslashes, else with accents in the other
 * Unicode form (NFC or NFD). Undefined where nothing is found.
 */
export async function findSpelling(file: string): Promise<string | undefined> {
  if (await isThere(file)) return file;
  const whole = path.resolve(hasPlainBackslashes ? file.replaceAll("\\", "/") : file);
  const { root } = path.parse(whole);
  let place = root;
  for (const name of whole.slice(root.length).split(path.sep)) {
    const next = path.join(place, name);
    if (await isThere(next)) {
      place = next;
      continue;
    }
    const entry = await entryLike(place, name);
    if (entry === undefined) return undefined;
    place = path.join(place, entry);
  }
  return (await isThere(place)) ? place : undefined;
}
