import { access, mkdir, readFile, rm, utimes } from "node:fs/promises";
import path from "node:path";
import { EngineError } from "../errors.ts";
import type { Codecs } from "./codecs.ts";
import { digest } from "./content-key.ts";
import {
  type DiskIndex,
  ENTRY_SUFFIX,
  markUsed,
  scanFolder,
  statsOf,
  trimFolder,
} from "./disk-index.ts";
import { decodeEntry, ENTRY_FORMAT, encodeEntry } from "./entry-format.ts";
import type { ResultStore, StoreLimits } from "./store.ts";
import { writeWhole } from "./write-whole.ts";

export interface DiskStoreOptions extends Partial<StoreLimits> {
  readonly folder: string;
  readonly codecs: Codecs;
  /** What results depend on besides their key, such as code and device; other scopes see none. */
  readonly scope?: string;
  /** Told of each damaged entry, and once when the folder cannot be used. */
  readonly report?: (fault: EngineError) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Writes after which the folder is read anew, to see what other processes wrote. */
const RESCAN = 64;
/** A use is written down again after this time; until then it is only remembered. */
const FRESH_MS = 60_000;

function damaged(file: string, cause: unknown): EngineError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EngineError("cache.damaged", `a kept result cannot be used: ${reason}`, {
    at: { path: file },
    hint: "it has been deleted and is made anew. If this comes often, check the disk.",
    cause,
  });
}

function unavailable(folder: string, cause: unknown): EngineError {
  const reason =
    cause instanceof EngineError
      ? cause.what
      : cause instanceof Error
        ? cause.message
        : String(cause);
  return new EngineError("cache.unavailable", `results cannot be kept: ${reason}`, {
    at: { path: folder },
    hint: "make room there and see that the folder may be written. Graphs run all the same.",
    cause,
  });
}

/** Where another process reads the entry, some systems refuse to put an equal one in its place. */
async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    const { buffer, byteOffset, byteLength } = await readFile(file);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return undefined;
    throw thrown;
  }
}

/**
 * Results in a folder, which outlive the process and may be shared with others. No fault of the
 * disk ever reaches a caller: what cannot be read is missing, what cannot be written is not kept.
 * @default 20,000 entries, 2 GiB
 */
export function createDiskStore({
  folder,
  codecs,
  scope = "",
  report = () => {},
  now = Date.now,
  maxEntries = 20_000,
  maxBytes = 2 * 1024 ** 3,
}: DiskStoreOptions): ResultStore {
  const limits: StoreLimits = { maxEntries, maxBytes };
  let known: DiskIndex | undefined;
  let writes = 0;
  let isReported = false;
  let last: Promise<unknown> = Promise.resolve();

  const nameOf = (key: string): string =>
    `${digest([`result store ${ENTRY_FORMAT}`, scope, key])}${ENTRY_SUFFIX}`;

  const reportOnce = (cause: unknown): undefined => {
    if (!isReported) report(unavailable(folder, cause));
    isReported = true;
  };
  /** Changes of the index come one after the other. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const turn = last.then(() => task());
    last = turn.catch(() => {});
    return turn;
  };
  const index = async (isRescan = false): Promise<DiskIndex> => {
    if (known === undefined || isRescan) known = await scanFolder(folder, now());
    return known;
  };
  const writeUse = async (name: string): Promise<void> => {
    const usedMs = now();
    const use = known?.get(name);
    if (known !== undefined && use !== undefined) markUsed(known, name, { ...use, usedMs });
    const date = new Date(usedMs);
    // In a folder that may only be read, nothing leaves either.
    await utimes(path.join(folder, name), date, date).catch(() => {});
  };

  return {
    async get(key) {
      const name = nameOf(key);
      const file = path.join(folder, name);
      const bytes = await readIfThere(file).catch(reportOnce);
      if (bytes === undefined) return undefined;
      try {
        const result = decodeEntry(key, bytes, codecs);
        if (result !== undefined) await writeUse(name);
        return result;
      } catch (cause) {
        known?.delete(name);
        await rm(file, { force: true }).catch(() => {});
        report(damaged(file, cause));
        return undefined;
      }
    },
    async set(key, result) {
      try {
        const parts = encodeEntry(key, result, codecs);
        const bytes = parts?.reduce((sum, { byteLength }) => sum + byteLength, 0) ?? 0;
        if (parts === undefined || bytes > maxBytes) return;
        const [name, usedMs] = [nameOf(key), now()];
        await mkdir(folder, { recursive: true });
        const file = path.join(folder, name);
        await writeWhole(file, parts, { modifiedMs: usedMs }).catch(async (cause: unknown) => {
          if (!(await isThere(file))) throw cause;
        });
        writes++;
        await inTurn(async () => {
          const current = await index(writes % RESCAN === 0);
          markUsed(current, name, { bytes, usedMs });
          await trimFolder(folder, current, limits);
        });
      } catch (cause) {
        reportOnce(cause);
      }
    },
    async touch(key) {
      const name = nameOf(key);
      const use = (await inTurn(index).catch(reportOnce))?.get(name);
      if (known === undefined || use === undefined) return;
      if (now() - use.usedMs >= FRESH_MS) await writeUse(name);
      else markUsed(known, name, use);
    },
    async stats() {
      const current = await inTurn(() => index(true)).catch(reportOnce);
      return statsOf(current ?? new Map());
    },
    async clear() {
      const remove = async (): Promise<void> => {
        const current = await index(true);
        await trimFolder(folder, current, { maxEntries: 0, maxBytes: 0 });
      };
      await inTurn(remove).catch(reportOnce);
    },
  };
}
