import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { pictureEnding } from "@insightgraph/editing/datasets";
import { EditingError } from "@insightgraph/editing/errors";
import { smallPictureOf } from "@insightgraph/editing/pictures";
import { EngineError } from "@insightgraph/engine/errors";
import { createReachGuard, type FileReach, type ReachGuard } from "@insightgraph/engine/execute";
import type { DatasetLibrary, RecordPicture } from "@insightgraph/engine/server";
import { type BrowsedDataset, openBrowsedDataset } from "./browsed-dataset.ts";
import { listDatasets } from "./list-datasets.ts";

/** Which data sets may be looked at. */
export interface LibraryOptions {
  /** Where relative paths start, and where data sets are looked for. */
  readonly folder: string;
  readonly reach: FileReach;
  /** Where the lists of records lie while data sets are open; what an earlier process left there is removed. */
  readonly indexes: string;
}

/** As many stay open; the one that was used longest ago is closed for another. */
const maxOpen = 4;

const mimes: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".gif": "image/gif",
  ".avif": "image/avif",
};

/** What readers of data sets throw, in the server's form. */
function toFault(thrown: unknown): unknown {
  const isOurs = thrown instanceof EditingError || thrown instanceof EngineError;
  if (!isOurs || (thrown instanceof EngineError && !/^(node|file)\./.test(thrown.code)))
    return thrown;
  const { what, hint } = thrown;
  return new EngineError("dataset.unreadable", what, { hint, cause: thrown });
}

const listName = /^records-[\da-f-]{36}\.db/;

/** Removes the lists that a killed process left; the folder may be the user's. */
async function clearLists(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (listName.test(name)) await rm(path.join(folder, name), { force: true });
  }
}

/** The data sets that are open, by their place. */
function createShelf({ folder, indexes }: LibraryOptions, { mayRead }: ReachGuard) {
  const open = new Map<string, Promise<BrowsedDataset>>();
  let cleared: Promise<void> | undefined;
  const newFile = async (): Promise<string> => {
    cleared ??= clearLists(indexes);
    await cleared;
    return path.join(indexes, `records-${randomUUID()}.db`);
  };
  const close = async (place: string): Promise<void> => {
    const closing = open.get(place);
    open.delete(place);
    await (await closing)?.close();
  };
  return {
    async get(named: string): Promise<BrowsedDataset> {
      const place = path.resolve(folder, named);
      await mayRead(place);
      const known = await open.get(place);
      if (known !== undefined && !(await known.isCurrent())) await close(place);
      const opening = open.get(place) ?? newFile().then((file) => openBrowsedDataset(place, file));
      open.delete(place);
      open.set(place, opening);
      opening.catch(() => open.delete(place));
      const [oldest] = open.keys();
      if (open.size > maxOpen && oldest !== undefined) await close(oldest);
      return opening;
    },
    async closeAll(): Promise<void> {
      for (const place of [...open.keys()]) await close(place);
    },
  };
}

/** Pictures that a file of the data set names, such as `../../secret.png`, stay within reach. */
async function readPicture(
  dataset: BrowsedDataset,
  { mayRead }: ReachGuard,
  { key, field, side }: { readonly key: string; readonly field: string; readonly side?: number },
): Promise<RecordPicture> {
  const { bytes, place } = await dataset.picture(key, field);
  if (place !== undefined) await mayRead(place);
  const mime = mimes[pictureEnding(bytes)];
  if (side === undefined && mime !== undefined) return { bytes, mime };
  const small = await smallPictureOf(bytes, side ?? 8192).catch((cause: unknown) => {
    throw new EngineError("dataset.unreadable", `the picture "${field}" cannot be read`, {
      hint: "The file is damaged, or is no picture.",
      cause,
    });
  });
  return { bytes: small, mime: "image/webp" };
}

/** Opens the data sets of a workspace for pages, each when it is first asked for. */
export function openDatasetLibrary(
  options: LibraryOptions,
): DatasetLibrary & { close(): Promise<void> } {
  const guard = createReachGuard(options.reach);
  const shelf = createShelf(options, guard);
  const on = async <T>(
    place: string,
    task: (dataset: BrowsedDataset) => T,
  ): Promise<Awaited<T>> => {
    try {
      return await task(await shelf.get(place));
    } catch (thrown) {
      throw toFault(thrown);
    }
  };
  const change = <T>(place: string, task: (dataset: BrowsedDataset) => T): Promise<Awaited<T>> =>
    on(place, async (dataset) => {
      await guard.mayWrite(path.resolve(options.folder, place));
      return task(dataset);
    });
  return {
    list: () => listDatasets(options.folder),
    facts: (place) => on(place, async (dataset) => ({ path: place, ...(await dataset.facts()) })),
    records: (place, query, { offset, limit }) =>
      on(place, async (dataset) => {
        const found = await dataset.find(query);
        const records = await dataset.summaries([...found.subarray(offset, offset + limit)]);
        return { total: found.length, records };
      }),
    record: (place, key) => on(place, (dataset) => dataset.record(key)),
    picture: (place, asked) => on(place, (dataset) => readPicture(dataset, guard, asked)),
    nextUndecided: (place, query, after) =>
      on(place, async (dataset) => {
        const found = await dataset.find(query);
        const next = found.findIndex(
          (at, position) => position > after && dataset.decisionAt(at) === undefined,
        );
        return next < 0 ? undefined : next;
      }),
    decide: (place, keys, decision) => change(place, (dataset) => dataset.decide(keys, decision)),
    undo: (place) => change(place, (dataset) => dataset.undo()),
    findDuplicates: (place, distance) => on(place, (dataset) => dataset.findDuplicates(distance)),
    keepOne: (place, key) => change(place, (dataset) => dataset.keepOne(key)),
    close: shelf.closeAll,
  };
}
