import path from "node:path";
import { pictureEnding } from "@insightgraph/editing/datasets";
import { EditingError } from "@insightgraph/editing/errors";
import { smallPictureOf } from "@insightgraph/editing/pictures";
import { EngineError } from "@insightgraph/engine/errors";
import { createReachGuard, type FileReach, type ReachGuard } from "@insightgraph/engine/execute";
import type { DatasetLibrary, RecordPicture } from "@insightgraph/engine/server";
import type { BrowsedDataset } from "./browsed-dataset.ts";
import { createShelf } from "./dataset-shelf.ts";
import { listDatasets } from "./list-datasets.ts";

/** Which data sets may be looked at. */
export interface LibraryOptions {
  /** Where relative paths start, and where data sets are looked for. */
  readonly folder: string;
  readonly reach: FileReach;
  /** Where the lists of records lie while data sets are open; what an earlier process left there is removed. */
  readonly indexes: string;
}

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
  const shelf = createShelf(options.indexes);
  const on = async <T>(
    place: string,
    task: (dataset: BrowsedDataset) => T | Promise<T>,
  ): Promise<T> => {
    try {
      const file = path.resolve(options.folder, place);
      await guard.mayRead(file);
      return await shelf.ask(file, task);
    } catch (thrown) {
      throw toFault(thrown);
    }
  };
  const change = <T>(
    place: string,
    task: (dataset: BrowsedDataset) => T | Promise<T>,
  ): Promise<T> =>
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
