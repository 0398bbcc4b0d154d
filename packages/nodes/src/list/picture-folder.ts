import { readdir } from "node:fs/promises";
import path from "node:path";
import { inputError, param } from "@insightgraph/engine/node";
import { digestFile, type ReadableFile, readWhole } from "../files/read-whole.ts";
import { decodePicture } from "../image/decode-picture.ts";
import { parseColour } from "../image/parse-colour.ts";
import type { Picture } from "../port-types.ts";

const endings: ReadonlySet<string> = new Set([
  ...[".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".gif", ".avif"],
]);

/** What every node asks that reads a folder of pictures. */
export const folderParams = {
  folder: param.file({ default: "", purpose: "open", doc: "Folder with picture files." }),
  colour: param.text({
    default: "#ffffff",
    doc: "What shows through transparent places, as #rrggbb.",
  }),
} as const;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "is not there",
  ENOTDIR: "is not a folder",
  EACCES: "may not be read",
  EPERM: "may not be read",
};

/**
 * Paths of the picture files of a folder, 2 before 10; folders inside are left out.
 *
 * Throws: `node.bad-input`, naming the folder.
 */
export async function picturesIn(folder: string): Promise<string[]> {
  if (folder.trim() === "") {
    throw inputError("no folder is chosen", { param: "folder", hint: "give a folder's path." });
  }
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
    const pictures = names.filter((name) => endings.has(path.extname(name).toLowerCase()));
    const { compare } = new Intl.Collator("en", { numeric: true });
    return pictures.sort(compare).map((name) => path.join(folder, name));
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    throw inputError(`"${folder}" ${reasons[code] ?? "cannot be read"}`, {
      param: "folder",
      hint: "give the path of a folder that may be read.",
      cause,
    });
  }
}

function pictureAt(file: string): ReadableFile {
  return { path: file, param: "folder", kind: "a picture", maxBytes: 1024 ** 3 };
}

/** One text for the names and contents of all files. */
export async function digestPictures(files: readonly string[]): Promise<string> {
  const lines: string[] = [];
  for (const file of files)
    lines.push(`${path.basename(file)} ${await digestFile(pictureAt(file))}`);
  return lines.join("\n");
}

export async function readPicture(file: string, colour: string): Promise<Picture> {
  const ground = parseColour(colour, "colour");
  const bytes = await readWhole(pictureAt(file));
  return (await decodePicture(bytes, { path: file, ground })).image;
}
