import { lstat, readlink, realpath } from "node:fs/promises";
import path from "node:path";
import type { ParamSpec } from "../graph/catalogue.ts";
import type { Json } from "../graph/document.ts";
import { inputError } from "../node/input-error.ts";

/** The folders in which runs may read and write, links resolved. */
export interface FileReach {
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Folders that are out of reach, unless a folder inside them is named above. */
  readonly except: readonly string[];
}

/** Refuses files that are out of reach. */
export interface ReachGuard {
  /**
   * @param param The param that names the file.
   * Throws: `node.bad-input`.
   */
  mayRead(file: string, param?: string): Promise<void>;
  /** As `mayRead`. */
  mayWrite(file: string, param?: string): Promise<void>;
}

/** More links in a row than any disk follows. */
const maxLinks = 40;

/** Where a path leads, whether or not there is a file. */
async function placeOf(file: string, linksLeft = maxLinks): Promise<string> {
  const whole = path.resolve(file);
  const real = await realpath(whole).catch(() => undefined);
  if (real !== undefined || linksLeft === 0) return real ?? whole;
  const folder = path.dirname(whole);
  if (folder === whole) return whole;
  const isLink = await lstat(whole).then(
    (about) => about.isSymbolicLink(),
    () => false,
  );
  // A link to nowhere still leads somewhere once a file is written through it.
  if (isLink) return placeOf(path.resolve(folder, await readlink(whole)), linksLeft - 1);
  return path.join(await placeOf(folder, linksLeft), path.basename(whole));
}

function isInside(folder: string, place: string): boolean {
  const way = path.relative(folder, place);
  return way.split(path.sep, 1).join() !== ".." && !path.isAbsolute(way);
}

/** How deep the folder lies that is nearest to a place, of those that hold it; -1 where none does. */
async function depthOf(place: string, folders: readonly string[]): Promise<number> {
  const holding: number[] = [-1];
  for (const folder of folders) {
    const real = await placeOf(folder);
    if (isInside(real, place)) holding.push(real.length);
  }
  return Math.max(...holding);
}

/** A disk may know a name in another form of its accents. */
function spellings(file: string): readonly string[] {
  return [...new Set([file, file.normalize("NFC"), file.normalize("NFD")])];
}

/** Creates the guard of a reach; without one, everything may be read and written that the user may. */
export function createReachGuard(reach: FileReach | undefined): ReachGuard {
  const guard =
    (kind: "read" | "write") =>
    async (file: string, param?: string): Promise<void> => {
      if (reach === undefined) return;
      for (const spelling of spellings(file)) {
        const place = await placeOf(spelling);
        const depth = await depthOf(place, reach[kind]);
        if (depth >= 0 && depth >= (await depthOf(place, reach.except))) continue;
        throw inputError(`"${file}" lies outside the folders that runs here may ${kind}`, {
          ...(param === undefined ? {} : { param }),
          hint: "Use a path in the workspace, or start the server with --allow-path and its folder.",
        });
      }
    };
  return { mayRead: guard("read"), mayWrite: guard("write") };
}

/** Checks the files that the params of a node name. Throws: `node.bad-input`. */
export async function checkReach(
  guard: ReachGuard,
  params: Readonly<Record<string, ParamSpec>>,
  settings: Readonly<Record<string, Json>>,
): Promise<void> {
  for (const [name, spec] of Object.entries(params)) {
    const value = settings[name];
    if (typeof value !== "string" || value === "") continue;
    if (spec.kind === "file") {
      await (spec.purpose === "save" ? guard.mayWrite : guard.mayRead)(value, name);
    }
    if (spec.kind !== "text" || spec.folderPrefix === undefined) continue;
    if (value.startsWith(spec.folderPrefix)) {
      await guard.mayRead(value.slice(spec.folderPrefix.length), name);
    }
  }
}
