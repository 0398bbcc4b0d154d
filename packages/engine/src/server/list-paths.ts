import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { EngineError } from "../errors.ts";
import type { SiteOptions } from "./site-options.ts";

/** A file or a folder that a param can name. */
export interface ListedPath {
  readonly name: string;
  /** As a param names it: from the workspace folder, or absolute for one outside it. */
  readonly path: string;
  readonly isFolder: boolean;
}

/** What is in a folder. */
export interface ListedFolder {
  readonly folder: string;
  /** The folder around it; absent where runs may not read that. */
  readonly parent?: string;
  readonly entries: readonly ListedPath[];
}

type Reach = Pick<SiteOptions, "workDir" | "mayRead" | "allowedDirs">;

const maxEntries = 2000;

/**
 * The files and folders of a folder that runs may read, links resolved; hidden ones are left out.
 * @param asked as a param names it; empty for the workspace folder
 * Throws: `node.bad-input` outside the reach, `file.unreadable`.
 */
export async function listPaths(asked: string, reach: Reach): Promise<ListedFolder> {
  const { workDir, mayRead, allowedDirs } = reach;
  const folder = path.resolve(workDir, asked);
  await mayRead(folder);
  const found = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new EngineError("file.unreadable", `"${asked}" is no folder that can be read`, {
      hint: "Choose another folder.",
      cause,
    });
  });
  const shown = found.filter(({ name }) => !name.startsWith(".")).slice(0, maxEntries);
  const nameOf = (place: string): string => nameFrom(workDir, place);
  const listed = await Promise.all(
    shown.map(async (entry): Promise<ListedPath> => {
      const place = path.join(folder, entry.name);
      return { name: entry.name, path: nameOf(place), isFolder: await isFolder(entry, place) };
    }),
  );
  const isTop = folder === path.resolve(workDir);
  const others = allowedDirs.map((dir) => ({ name: dir, path: dir, isFolder: true }));
  const parent = isTop ? undefined : await readable(path.dirname(folder), mayRead);
  return {
    folder: nameOf(folder),
    ...(parent === undefined ? {} : { parent: nameOf(parent) }),
    entries: [...listed.sort(byName), ...(isTop ? others : [])],
  };
}

function nameFrom(workDir: string, place: string): string {
  const way = path.relative(workDir, place);
  const isInside = way.split(path.sep, 1).join() !== ".." && !path.isAbsolute(way);
  return isInside ? way.split(path.sep).join("/") : place;
}

async function isFolder(entry: Dirent, place: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return stat(place).then(
    (about) => about.isDirectory(),
    () => false,
  );
}

function byName(one: ListedPath, other: ListedPath): number {
  return Number(other.isFolder) - Number(one.isFolder) || (one.name < other.name ? -1 : 1);
}

async function readable(folder: string, mayRead: Reach["mayRead"]): Promise<string | undefined> {
  return mayRead(folder).then(
    () => folder,
    () => undefined,
  );
}
