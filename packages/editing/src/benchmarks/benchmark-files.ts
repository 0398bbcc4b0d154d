import { access, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { unreadable } from "../datasets/faults.ts";
import { parseLenientJson } from "../files/lenient-json.ts";
import { decodePicture } from "../pictures/decode-picture.ts";
import type { Mask, Picture } from "../pictures/picture.ts";

/** Whether a file is there. */
export function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Names in a folder, sorted as Python does; none where there is no folder. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.toSorted((a, b) => (a < b ? -1 : 1));
}

/** A file of a benchmark that has to be there. Throws: `dataset.unreadable`. */
export async function readBenchmarkFile(file: string): Promise<Uint8Array> {
  return readFile(file).catch((cause: unknown) => {
    throw unreadable(file, "is not there, or cannot be read", cause);
  });
}

/** A JSON object of a benchmark, its values by key. Throws: `dataset.unreadable`. */
export async function readJsonObject(
  file: string,
): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
  const text = new TextDecoder().decode(await readBenchmarkFile(file));
  let value: unknown;
  try {
    value = parseLenientJson(text);
  } catch (cause) {
    throw unreadable(file, "is no JSON", cause);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw unreadable(file, "is no JSON object");
}

/** A picture, on white where it is transparent. Throws: `argument.unfit`. */
export async function decodeOnWhite(bytes: Uint8Array, name: string): Promise<Picture> {
  return (await decodePicture(bytes, { path: name, ground: [255, 255, 255] })).image;
}

/** A grey picture as a mask. Throws: `dataset.unreadable`, `argument.unfit`. */
export async function readMask(file: string): Promise<Mask> {
  const { width, height, data } = await decodeOnWhite(await readBenchmarkFile(file), file);
  const grey = Uint8Array.from({ length: width * height }, (_, at) => data[at * 3] ?? 0);
  return { width, height, data: grey };
}

/**
 * The items whose files are all there, and a sentence for each other one.
 * @param files The files that an item needs, absolute.
 */
export async function withFiles<Item extends { readonly key: string }>(
  folder: string,
  items: readonly Item[],
  files: (item: Item) => readonly string[],
): Promise<{ readonly items: readonly Item[]; readonly missing: readonly string[] }> {
  const kept: Item[] = [];
  const missing: string[] = [];
  for (const item of items) {
    const lacking: string[] = [];
    for (const file of files(item)) {
      if (!(await isThere(file))) lacking.push(path.relative(folder, file));
    }
    if (lacking.length === 0) kept.push(item);
    else missing.push(`${item.key}: ${lacking.join(", ")} is missing.`);
  }
  return { items: kept, missing };
}
