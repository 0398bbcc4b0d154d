import { randomUUID } from "node:crypto";
import { link, mkdir, open, opendir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { EngineError } from "../errors.ts";
import { storeUnavailable } from "./object-faults.ts";
import type { ObjectEntry, ObjectStore } from "./object-store.ts";

const unfinishedSuffix = ".unfinished";

function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
}

/** A store in a folder, which may lie on a network drive that several machines share. */
export function createFolderStore(folder: string): ObjectStore {
  const fileOf = (key: string): string => path.join(folder, ...key.split("/"));
  /** Runs one call; where the folder cannot be used, says so. */
  const guard = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (cause) {
      throw cause instanceof EngineError ? cause : storeUnavailable(folder, cause);
    }
  };

  async function writeNew(file: string, bytes: Uint8Array): Promise<boolean> {
    await mkdir(path.dirname(file), { recursive: true });
    const unfinished = `${file}.${randomUUID()}${unfinishedSuffix}`;
    try {
      const handle = await open(unfinished, "wx");
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      // Unlike a renamed file, a linked one never replaces what another machine wrote meanwhile.
      await link(unfinished, file);
      return true;
    } catch (cause) {
      if (codeOf(cause) === "EEXIST") return false;
      throw cause;
    } finally {
      await rm(unfinished, { force: true });
    }
  }

  async function* walk(prefix: string): AsyncGenerator<ObjectEntry> {
    const root = await opendir(folder, { recursive: true });
    for await (const entry of root) {
      const file = path.join(entry.parentPath, entry.name);
      const key = path.relative(folder, file).split(path.sep).join("/");
      if (!entry.isFile() || !key.startsWith(prefix) || key.endsWith(unfinishedSuffix)) continue;
      const about = await stat(file).catch(() => undefined);
      // Another machine may remove objects at any moment.
      if (about !== undefined) yield { key, bytes: about.size, writtenMs: about.mtimeMs };
    }
  }

  return {
    place: folder,
    create: (key, bytes) => guard(() => writeNew(fileOf(key), bytes)),
    read: (key) =>
      guard(async () => {
        try {
          return new Uint8Array(await readFile(fileOf(key)));
        } catch (cause) {
          if (codeOf(cause) === "ENOENT") return undefined;
          throw cause;
        }
      }),
    async *list(prefix) {
      try {
        yield* walk(prefix);
      } catch (cause) {
        if (codeOf(cause) !== "ENOENT") throw storeUnavailable(folder, cause);
      }
    },
    remove: (key) => guard(() => rm(fileOf(key), { force: true })),
  };
}
