import { readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { readRegular } from "../cache/read-regular.ts";
import { unfinishedSuffix, writeWhole } from "../cache/write-whole.ts";
import { EngineError } from "../errors.ts";
import type { FileVersion } from "../protocol/document.ts";
import { digestOf, makeFolder } from "./workspace.ts";

/** What the files of a workspace held after earlier saves. */
export interface FileVersions {
  /** Keeps what a file holds; what it held the last time is not kept twice. */
  keep(file: string, bytes: string | Uint8Array): Promise<void>;
  /** Whether the newest version has this SHA-256. */
  isNewest(file: string, digest: string): Promise<boolean>;
  /** Newest first. */
  list(file: string): Promise<readonly FileVersion[]>;
  /** Throws: `document.unknown`. */
  read(file: string, id: string): Promise<Uint8Array>;
  /** The versions follow a renamed file; those that the new name had are dropped. */
  move(from: string, to: string): Promise<void>;
}

/** Versions of one file that are kept. */
const maxVersions = 50;
/** Characters of a version's SHA-256 in its name. */
const digestLength = 16;
const maxBytes = 64 * 1024 * 1024;

/** Keeps versions in a folder, a folder for each file. */
export function openFileVersions(folder: string, now: () => number): FileVersions {
  const folderOf = (file: string): string => path.join(folder, digestOf(file).slice(0, 32));
  /** Names begin with the time in 15 digits, so that they sort by it. */
  const namesOf = async (file: string): Promise<string[]> => {
    const names = await readdir(folderOf(file)).catch(() => []);
    return names.filter((name) => !name.endsWith(unfinishedSuffix)).sort();
  };
  return {
    async keep(file, bytes) {
      const names = await namesOf(file);
      const digest = digestOf(bytes).slice(0, digestLength);
      if (names.at(-1)?.endsWith(digest)) return;
      await makeFolder(folderOf(file));
      // A clock that was set back must not reorder versions.
      const lastMs = Number(names.at(-1)?.slice(0, 15) ?? 0);
      const name = `${String(Math.max(now(), lastMs + 1)).padStart(15, "0")}-${digest}`;
      const parts = typeof bytes === "string" ? bytes : [bytes];
      await writeWhole(path.join(folderOf(file), name), parts);
      const surplus = names.slice(0, Math.max(0, names.length + 1 - maxVersions));
      await Promise.all(surplus.map((old) => rm(path.join(folderOf(file), old), { force: true })));
    },
    async isNewest(file, digest) {
      return (await namesOf(file)).at(-1)?.endsWith(digest.slice(0, digestLength)) ?? false;
    },
    async list(file) {
      const names = (await namesOf(file)).reverse();
      return Promise.all(
        names.map(async (id) => ({
          id,
          savedMs: Number(id.slice(0, 15)),
          sizeBytes: (await stat(path.join(folderOf(file), id))).size,
        })),
      );
    },
    async read(file, id) {
      if ((await namesOf(file)).includes(id)) {
        return readRegular(path.join(folderOf(file), id), maxBytes);
      }
      throw new EngineError("document.unknown", `"${file}" has no version "${id}"`, {
        hint: "List its versions to see their ids.",
      });
    },
    async move(from, to) {
      await rm(folderOf(to), { recursive: true, force: true });
      await rename(folderOf(from), folderOf(to)).catch(() => {});
    },
  };
}
