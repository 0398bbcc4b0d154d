import { EngineError } from "../errors.ts";
import { stringifyGraph } from "../graph/stringify-graph.ts";
import type { FileVersions } from "./file-versions.ts";
import { isUnchanged, type SavedFile, type WorkingCopy } from "./working-copy.ts";
import { checkedName, digestOf, fileExists, type Workspace } from "./workspace.ts";

/** How a document is saved. */
export interface SaveRequest {
  /** Saves under this name from now on. @default the document's file */
  readonly file?: string;
  /** Whether to replace a file that is not the document's, or that somebody else changed. */
  readonly isOverwriting?: boolean;
}

function fileChanged(file: string): EngineError {
  return new EngineError("document.file-changed", `somebody else changed "${file}"`, {
    hint: "Save under another name, or ask for the file to be replaced; its versions are kept.",
  });
}

/** Whether the last save wrote these bytes, also where the server died before it noted that. */
async function isOwn(
  bytes: Uint8Array,
  saved: SavedFile,
  versions: FileVersions,
): Promise<boolean> {
  const digest = digestOf(bytes);
  return digest === saved.digest || (await versions.isNewest(saved.file, digest));
}

/**
 * Writes a document's graph into a file of the workspace, unless the file holds it already.
 * Throws: `document.file-exists`, `document.file-changed`, `document.file-name`, failed writes.
 */
export async function saveGraph(
  { workspace, versions }: { readonly workspace: Workspace; readonly versions: FileVersions },
  copy: WorkingCopy,
  { file: asked, isOverwriting = false }: SaveRequest,
): Promise<SavedFile> {
  const { saved } = copy;
  const file = checkedName(asked ?? saved?.file ?? copy.title);
  const isSame = saved !== undefined && saved.file === file;
  const present = await workspace.find(file);
  // A file that people wrote in their own way keeps its bytes until the graph changes.
  const isKept = isSame && isUnchanged(copy) && present !== undefined;
  if (isKept && digestOf(present) === saved.digest) return saved;
  const text = stringifyGraph(copy.graph);
  const digest = digestOf(text);
  if (present !== undefined && digestOf(present) !== digest) {
    if (!isOverwriting && !isSame) throw fileExists(file);
    if (!isOverwriting && isSame && !(await isOwn(present, saved, versions)))
      throw fileChanged(file);
    await versions.keep(file, present);
  }
  await versions.keep(file, text);
  await workspace.write(file, text);
  return { file, digest };
}
