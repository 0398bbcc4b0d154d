import { access, mkdir, rm, utimes } from "node:fs/promises";
import path from "node:path";
import { EngineError } from "../errors.ts";
import type { ObjectStore } from "../objects/object-store.ts";
import type { Codecs } from "./codecs.ts";
import { digest } from "./content-key.ts";
import {
  type DiskIndex,
  entrySuffix,
  markUsed,
  scanFolder,
  statsOf,
  trimFolder,
} from "./disk-index.ts";
import { decodeEntry, encodeEntry, entryFormat } from "./entry-format.ts";
import { readRegular } from "./read-regular.ts";
import { shareEntries } from "./shared-entries.ts";
import type { ResultStore, StoredResult, StoreLimits } from "./store.ts";
import { writeWhole } from "./write-whole.ts";

/** Where and how a disk store keeps results. */
export interface DiskStoreOptions extends Partial<StoreLimits> {
  readonly folder: string;
  readonly codecs: Codecs;
  /** What results depend on besides their key, such as code and device; other namespaces see none. */
  readonly namespace?: string;
  /** Where other machines find the results too, and this one theirs. @default nowhere */
  readonly shared?: ObjectStore;
  /** Called for each damaged entry, and once when the folder cannot be used. */
  readonly report?: (fault: EngineError) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Writes between two scans of the folder, which find what other processes wrote. */
const writesPerRescan = 64;
/** Age after which a use is written to the file's time again; until then only memory has it. */
const freshMs = 60_000;

function damaged(file: string, cause: unknown): EngineError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EngineError("cache.damaged", `a stored result cannot be used: ${reason}`, {
    at: { path: file },
    hint: "It has been deleted and is computed again. If this happens often, check the disk.",
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
  return new EngineError("cache.unavailable", `results cannot be stored: ${reason}`, {
    at: { path: folder },
    hint: "Free space there and make the folder writable. Graphs still run, without the cache.",
    cause,
  });
}

/** Some systems refuse to replace an entry that another process is reading. */
async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function readIfThere(file: string, maxBytes: number): Promise<Uint8Array | undefined> {
  try {
    return await readRegular(file, maxBytes);
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return undefined;
    throw thrown;
  }
}

/**
 * Creates a store in a folder; it outlives the process and several processes may share it. Disk
 * errors never reach a caller: what cannot be read counts as missing, what cannot be written is dropped.
 * @default 20,000 entries, 2 GiB
 */
export function createDiskStore({
  folder,
  codecs,
  namespace = "",
  shared,
  report = () => {},
  now = Date.now,
  maxEntries = 20_000,
  maxBytes = 2 * 1024 ** 3,
}: DiskStoreOptions): ResultStore {
  const limits: StoreLimits = { maxEntries, maxBytes };
  const beyond = shared === undefined ? undefined : shareEntries(shared, report, now);
  let known: DiskIndex | undefined;
  let writes = 0;
  let isReported = false;
  let last: Promise<unknown> = Promise.resolve();

  const nameOf = (key: string): string =>
    `${digest([`result store ${entryFormat}`, namespace, key])}${entrySuffix}`;

  const reportOnce = (cause: unknown): undefined => {
    if (!isReported) report(unavailable(folder, cause));
    isReported = true;
  };
  /** Runs changes of the index one after the other. */
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
    // In a read-only folder nothing is evicted either.
    await utimes(path.join(folder, name), date, date).catch(() => {});
  };

  const dropDamaged = async (name: string, cause: unknown): Promise<undefined> => {
    known?.delete(name);
    const file = path.join(folder, name);
    await rm(file, { force: true }).catch(() => {});
    report(damaged(file, cause));
  };

  /** Writes an encoded entry, and evicts others for it. */
  const keep = async (name: string, parts: readonly Uint8Array[]): Promise<void> => {
    const bytes = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (bytes > maxBytes) return;
    const usedMs = now();
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, name);
    await writeWhole(file, parts, { modifiedMs: usedMs }).catch(async (cause: unknown) => {
      if (!(await exists(file))) throw cause;
    });
    writes++;
    await inTurn(async () => {
      const current = await index(writes % writesPerRescan === 0);
      markUsed(current, name, { bytes, usedMs });
      await trimFolder(folder, current, limits);
    });
  };

  const getOwn = async (key: string): Promise<StoredResult | undefined> => {
    const name = nameOf(key);
    const bytes = await readIfThere(path.join(folder, name), maxBytes).catch((cause: unknown) =>
      cause instanceof EngineError ? dropDamaged(name, cause) : reportOnce(cause),
    );
    if (bytes === undefined) return undefined;
    try {
      const result = decodeEntry(key, bytes, codecs);
      if (result !== undefined) await writeUse(name);
      return result;
    } catch (cause) {
      return dropDamaged(name, cause);
    }
  };
  const getShared = async (key: string): Promise<StoredResult | undefined> => {
    const name = nameOf(key);
    const bytes = await beyond?.read(name);
    if (bytes === undefined) return undefined;
    try {
      const result = decodeEntry(key, bytes, codecs);
      if (result !== undefined) await keep(name, [bytes]).catch(reportOnce);
      return result;
    } catch (cause) {
      await beyond?.dropDamaged(name, cause);
      return undefined;
    }
  };

  return {
    get: async (key) => (await getOwn(key)) ?? (await getShared(key)),
    async set(key, result) {
      try {
        const parts = encodeEntry(key, result, codecs);
        if (parts === undefined) return;
        await keep(nameOf(key), parts);
        await beyond?.add(nameOf(key), parts);
      } catch (cause) {
        reportOnce(cause);
      }
    },
    async touch(key) {
      const name = nameOf(key);
      const use = (await inTurn(index).catch(reportOnce))?.get(name);
      if (known === undefined || use === undefined) return;
      if (now() - use.usedMs >= freshMs) await writeUse(name);
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
