import { opendir } from "node:fs/promises";
import path from "node:path";
import { readRegular } from "../../files/regular-file.ts";
import { unreadable } from "../faults.ts";
import { fileVersion } from "../file-version.ts";
import { isPictureName } from "../picture-ending.ts";
import type {
  AddressedItem,
  AddressedSource,
  Fields,
  LoadOptions,
  PictureFile,
} from "../record.ts";

/** Paths of the files below a folder, in the order in which the disk gives them; hidden folders are left out. */
export async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch((cause: unknown) => {
    throw unreadable(folder, "cannot be read as a folder", cause);
  });
  for await (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(place);
    else if (entry.isFile()) yield place;
  }
}

/** A file below a folder; undefined where there is none outside of hidden folders. Throws: `dataset.unreadable`. */
export async function firstFileBelow(folder: string): Promise<string | undefined> {
  for await (const file of filesBelow(folder)) return file;
  return undefined;
}

/** A path below a folder as a key: with forward slashes on every system. */
export function keyBelow(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).join("/");
}

/** Reads a picture file of a data set. Throws: `dataset.unreadable`. */
export async function readPictureFile(file: string): Promise<PictureFile> {
  const bytes = await readRegular(file).catch((cause: unknown) => {
    throw unreadable(file, "is not there, or may not be read", cause);
  });
  return { bytes, name: path.basename(file), place: file };
}

async function load(
  file: string,
  { isWithoutPictures = false }: LoadOptions = {},
): Promise<Fields> {
  return { source_image: isWithoutPictures ? null : await readPictureFile(file) };
}

async function itemAt(folder: string, file: string): Promise<AddressedItem> {
  const key = keyBelow(folder, file);
  const version = await fileVersion(file).catch(() => "missing");
  return { key, version, address: key, load: (options) => load(file, options) };
}

/** Photographs below a folder, each as `source_image`. */
export function openFolder(folder: string): AddressedSource {
  return {
    format: "folder",
    async *items() {
      for await (const file of filesBelow(folder)) {
        if (isPictureName(file)) yield await itemAt(folder, file);
      }
    },
    loadAt: (address, options) => load(path.join(folder, address), options),
    async count() {
      let pictures = 0;
      for await (const file of filesBelow(folder)) if (isPictureName(file)) pictures += 1;
      return pictures;
    },
  };
}
