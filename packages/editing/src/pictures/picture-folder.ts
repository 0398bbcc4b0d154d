import { readdir } from "node:fs/promises";
import path from "node:path";
import { unfitArgument } from "../errors.ts";
import { digestFile, type ReadableFile, readWhole } from "../files/read-whole.ts";
import { decodePicture } from "./decode-picture.ts";
import { parseColour } from "./parse-colour.ts";
import type { Picture } from "./picture.ts";

const endings: ReadonlySet<string> = new Set([
  ...[".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".gif", ".avif"],
]);

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "is not there",
  ENOTDIR: "is not a folder",
  EACCES: "may not be read",
  EPERM: "may not be read",
};

/**
 * Paths of the pictures in a folder, sorted by name with 2 before 10; subfolders are skipped.
 *
 * Throws: `argument.unfit`, naming the folder.
 */
export async function picturesIn(folder: string): Promise<string[]> {
  if (folder.trim() === "") {
    throw unfitArgument("folder", "no folder is chosen", "Give the path of a folder.");
  }
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
    const pictures = names.filter((name) => endings.has(path.extname(name).toLowerCase()));
    const { compare } = new Intl.Collator("en", { numeric: true });
    return pictures.sort(compare).map((name) => path.join(folder, name));
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const what = `"${folder}" ${reasons[code] ?? "cannot be read"}`;
    throw unfitArgument("folder", what, "Give the path of a folder that you may read.", cause);
  }
}

function pictureAt(file: string): ReadableFile {
  return { path: file, argument: "folder", kind: "a picture", maxBytes: 1024 ** 3 };
}

/** Identifies the names and contents of all files. */
export async function digestPictures(files: readonly string[]): Promise<string> {
  const lines: string[] = [];
  for (const file of files)
    lines.push(`${path.basename(file)} ${await digestFile(pictureAt(file))}`);
  return lines.join("\n");
}

/** Reads a picture file. @param colour Background of transparent pixels, as #rrggbb. Throws: argument.unfit. */
export async function readPicture(file: string, colour: string): Promise<Picture> {
  const ground = parseColour(colour, "colour");
  const bytes = await readWhole(pictureAt(file));
  return (await decodePicture(bytes, { path: file, ground })).image;
}
