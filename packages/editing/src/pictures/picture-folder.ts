import { readdir } from "node:fs/promises";
import path from "node:path";
import { EditingError, unfitArgument } from "../errors.ts";
import { findSpelling } from "../files/find-spelling.ts";
import { digestFile, type ReadableFile, readWhole } from "../files/read-whole.ts";
import { decodePicture } from "./decode-picture.ts";
import { parseColour } from "./parse-colour.ts";
import type { Picture } from "./picture.ts";

const endings: ReadonlySet<string> = new Set([
  ...[".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".gif", ".avif"],
]);

/** What macOS writes beside files on disks of other systems. */
const isSideFile = (name: string): boolean => name.startsWith("._");

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
  const place = (await findSpelling(folder)) ?? folder;
  try {
    const entries = await readdir(place, { withFileTypes: true });
    const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
    const pictures = names.filter(
      (name) => endings.has(path.extname(name).toLowerCase()) && !isSideFile(name),
    );
    const { compare } = new Intl.Collator("en", { numeric: true });
    return pictures.sort(compare).map((name) => path.join(place, name));
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

/**
 * Reads one picture of a folder on a colour.
 * Throws: `argument.unfit` at `folder`, naming the file, or at `colour`.
 */
async function readPicture(file: string, colour: string): Promise<Picture> {
  const ground = parseColour(colour, "colour");
  const bytes = await readWhole(pictureAt(file));
  return (await decodePicture(bytes, { path: file, argument: "folder", ground })).image;
}

/** What happens where a picture of a folder is broken. */
export type BrokenPictures = "skip" | "stop";

/** The pictures of a folder, read one by one. */
export interface FolderReader {
  /** Undefined for a broken picture that is skipped. Throws: `argument.unfit`. */
  read(file: string): Promise<Picture | undefined>;
  /** Whether a picture is left out; one that was not read yet is read for it. Throws: `argument.unfit`. */
  skips(file: string): Promise<boolean>;
  /** What was skipped, as one sentence; undefined where nothing was. */
  skipped(): string | undefined;
}

/** Creates what reads the pictures of a folder. */
export function createFolderReader(colour: string, broken: BrokenPictures): FolderReader {
  const good = new Set<string>();
  const reasons = new Map<string, string>();
  const read = async (file: string): Promise<Picture | undefined> => {
    try {
      const picture = await readPicture(file, colour);
      good.add(file);
      return picture;
    } catch (thrown) {
      const isBroken = thrown instanceof EditingError && thrown.argument === "folder";
      if (!isBroken || broken === "stop") throw thrown;
      reasons.set(file, thrown.what);
      return undefined;
    }
  };
  return {
    read,
    async skips(file) {
      if (broken === "stop" || good.has(file)) return false;
      return reasons.has(file) || (await read(file)) === undefined;
    },
    skipped() {
      if (reasons.size === 0) return undefined;
      const count =
        reasons.size === 1 ? "1 broken picture is" : `${reasons.size} broken pictures are`;
      return `${count} left out: ${[...reasons.values()].slice(0, 5).join("; ")}`;
    },
  };
}
