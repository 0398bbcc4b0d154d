import path from "node:path";
import { EditingError } from "../errors.ts";
import { type ManifestFile, readManifest } from "./manifest.ts";

/** Absolute place of a checkpoint's file. One that it shares lies in its holder's folder, beside its own. */
export function placeOf(root: string, { path: file, from }: ManifestFile): string {
  return from === undefined ? path.join(root, file) : path.join(root, "..", from, file);
}

/** How a file is named to people: a shared one with its holder. */
export function fileTitle({ path: file, from }: ManifestFile): string {
  return from === undefined ? file : `${from}/${file}`;
}

/**
 * Compares the digest of a shared file with the one that its holder's manifest records, so that a holder of other content
 * is never read. Throws: checkpoint.damaged.
 */
export async function checkShared(
  name: string,
  root: string,
  file: ManifestFile & { readonly from: string },
): Promise<void> {
  const holder = await readManifest(path.dirname(root), file.from);
  const listed = Object.values(holder?.components ?? {}).flatMap(({ files }) => files);
  const held = listed.find((one) => one.path === file.path && one.from === undefined);
  if (held?.sha256 === file.sha256) return;
  const what = held === undefined ? "is missing" : "is not the one that it was made with";
  throw new EditingError("checkpoint.damaged", `${fileTitle(file)}, which it shares, ${what}.`, {
    at: name,
    hint: `Restore the checkpoint "${file.from}", for example with a fresh clone.`,
  });
}
