import { readdir, stat } from "node:fs/promises";
import path from "node:path";

/** A file of a repository or folder. */
export interface CheckpointFile {
  /** Relative to the repository's root, with slashes. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 in hex, if known before the file is read. */
  readonly sha256?: string | undefined;
  /** Git's object id of the content: SHA-1 in hex. */
  readonly gitId?: string | undefined;
}

/** How deep a component can lie in a repository. */
const maxDepth = 3;

/** The files in a folder and its subfolders; hidden ones are skipped. */
export async function listFolder(folder: string, depth = maxDepth): Promise<CheckpointFile[]> {
  const files: CheckpointFile[] = [];
  for (const { name } of await readdir(folder, { withFileTypes: true })) {
    if (name.startsWith(".")) continue;
    // Follows links: the hub's local cache consists of them.
    const found = await stat(path.join(folder, name)).catch(() => undefined);
    if (found?.isFile()) files.push({ path: name, bytes: found.size });
    if (!found?.isDirectory() || depth === 0) continue;
    const below = await listFolder(path.join(folder, name), depth - 1);
    files.push(...below.map((file) => ({ ...file, path: `${name}/${file.path}` })));
  }
  return files;
}

/** The folder of a path with slashes; "" for the root. */
export function folderOf(file: string): string {
  const at = file.lastIndexOf("/");
  return at === -1 ? "" : file.slice(0, at);
}

/** The last segment of a path with slashes. */
export function nameOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}
