import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { BatchStore, ItemRecord, ItemResult, Provenance } from "@insightgraph/engine/batches";
import type { WireError } from "@insightgraph/engine/errors";
import type { Json } from "@insightgraph/engine/graph";
import type { ItemOutcome } from "@insightgraph/engine/tasks";
import type { KeptResult } from "../item-runs.ts";
import type { RunFiles } from "./run-files.ts";

/** What became of an item on a worker: its files are files of the run. */
export interface StoredOutcome {
  readonly ms: number;
  readonly error?: WireError;
  readonly made?: {
    readonly result: Omit<KeptResult, "folder">;
    readonly files: Readonly<Record<string, string>>;
    readonly sizeBytes: number;
    readonly provenance?: Provenance;
  };
}

async function storeFiles(folder: string, files: RunFiles): Promise<Record<string, string>> {
  const stored: Record<string, string> = {};
  for (const name of await readdir(folder)) {
    stored[name] = await files.put(await readFile(path.join(folder, name)));
  }
  return stored;
}

async function madeOf(
  { result, sizeBytes = 0, provenance: digest }: ItemRecord,
  store: BatchStore,
  folder: string,
  files: RunFiles,
): Promise<StoredOutcome["made"]> {
  const { folder: own, ...kept } = result as unknown as KeptResult;
  const text = digest === undefined ? undefined : await store.provenance(digest);
  const provenance =
    digest === undefined || text === undefined ? {} : { provenance: { digest, text } };
  return {
    result: kept,
    files: await storeFiles(path.join(folder, own), files),
    sizeBytes,
    ...provenance,
  };
}

/** An item that is over on a worker, as its submitter gets it. @param folder Where the worker keeps results. */
export async function storeOutcome(
  record: ItemRecord,
  store: BatchStore,
  folder: string,
  files: RunFiles,
): Promise<ItemOutcome> {
  const { key, fingerprint, startedMs, endedMs = startedMs, error } = record;
  const what =
    error === undefined ? { made: await madeOf(record, store, folder, files) } : { error };
  const outcome = { ms: endedMs - startedMs, ...what };
  const kept = { key, fingerprint, outcome: outcome as unknown as Json };
  return error === undefined ? kept : { ...kept, failure: { code: error.code, what: error.what } };
}

/** Fetches what a worker made into a folder of its own. @param own That folder, from `folder`. */
export async function fetchResult(
  { result, files: names, sizeBytes, provenance }: NonNullable<StoredOutcome["made"]>,
  folder: string,
  own: string,
  files: RunFiles,
): Promise<ItemResult> {
  await mkdir(path.join(folder, own), { recursive: true });
  for (const [name, digest] of Object.entries(names)) {
    await writeFile(path.join(folder, own, path.basename(name)), await files.get(digest));
  }
  const kept: KeptResult = { folder: own, ...result };
  return {
    result: kept as unknown as Json,
    sizeBytes,
    ...(provenance === undefined ? {} : { provenance }),
  };
}
