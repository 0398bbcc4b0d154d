import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { EditingError } from "../errors.ts";
import { hiddenFolder, rejectedFolder, rejectionFields } from "./hidden-files.ts";
import { type ShardFacts, writeManifest } from "./manifest.ts";
import type { DatasetRecord, DatasetSource } from "./record.ts";
import type { Field } from "./schema.ts";
import { parquetFormat } from "./sinks/parquet.ts";
import type { ShardFormat, ShardWriter } from "./sinks/shard-writer.ts";
import { filesBelow, keyBelow } from "./sources/folder.ts";

/** A shard that may be about to move; the move is recorded before it happens. */
export interface PlacedShard extends ShardFacts {
  /** Where it lies until it has moved to `path`. */
  readonly from?: string;
}

/** What is told of a record that does not fit its data set. */
export type OnUnfit = (key: string, fault: EditingError) => void;

/** Writes the shards of a data set. */
export interface DatasetFolder {
  /**
   * Writes a shard, not yet published, in place of an earlier try.
   * @param onUnfit Learns of records that are left out because they do not fit. @default the first one ends the writing
   * @returns undefined where no record is left
   */
  writeShard(
    number: number,
    records: AsyncIterable<DatasetRecord>,
    onUnfit?: OnUnfit,
  ): Promise<ShardFacts | undefined>;
  /**
   * Writes the records of a shard's items that were not kept, in place of earlier ones, where `openRejected` finds them.
   * Each has the fields of `rejectionFields` besides those of the data set.
   */
  writeRejected(number: number, records: AsyncIterable<DatasetRecord>): Promise<void>;
  /** Reads what `writeRejected` wrote for a shard. */
  readRejected(number: number): Promise<DatasetSource>;
  /** Where a published shard of a complete data set lies. */
  finalPath(index: number, count: number): string;
  /** Where a published shard lies while others follow. */
  interimPath(number: number): string;
  /** Carries out a move that was recorded; moving again changes nothing. */
  place(shard: PlacedShard): Promise<void>;
  /** Reads the records of one shard. */
  read(shard: ShardFacts): ReturnType<ShardFormat["read"]>;
  /** Says which shards the data set has, and removes what is left of earlier ones. */
  publish(shards: readonly ShardFacts[], isComplete: boolean): Promise<void>;
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Files of a shard, in order: itself, or all that lie in its folder. */
async function filesOf(place: string): Promise<readonly string[]> {
  if (!(await stat(place)).isDirectory()) return [place];
  const files: string[] = [];
  for await (const file of filesBelow(place)) files.push(file);
  return files.sort();
}

/** Size and digest of a shard; of a folder, over names and contents. */
async function measure(place: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for (const file of await filesOf(place)) {
    if (file !== place) hash.update(`${keyBelow(place, file)}\n`);
    for await (const chunk of createReadStream(file)) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** Writes records to a place that appears whole or not at all. @returns how many; none leave nothing there */
async function writeRecords(
  place: string,
  writer: (place: string) => Promise<ShardWriter>,
  records: AsyncIterable<DatasetRecord>,
  onUnfit?: OnUnfit,
): Promise<number> {
  const unfinished = `${place}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const { add, finish } = await writer(unfinished);
  let count = 0;
  for await (const record of records) {
    try {
      await add(record);
      count += 1;
    } catch (thrown) {
      if (!(thrown instanceof EditingError) || onUnfit === undefined) throw thrown;
      onUnfit(record.key, thrown);
    }
  }
  await finish();
  await rm(place, { recursive: true, force: true });
  if (count === 0) await rm(unfinished, { recursive: true });
  else await rename(unfinished, place);
  return count;
}

/** Opens a folder to write a data set into, and makes it where it is missing. Throws: as `ShardFormat.check`. */
export async function openDatasetFolder(
  folder: string,
  format: ShardFormat,
  fields: readonly Field[],
): Promise<DatasetFolder> {
  format.check?.(fields);
  const at = (place: string): string => path.join(folder, place);
  const padded = (number: number): string => String(number).padStart(5, "0");
  const inFolder = (name: string): string => path.posix.join(format.folder, name);
  const rejectedPlace = (number: number): string =>
    at(path.posix.join(rejectedFolder, `${padded(number)}${parquetFormat.ending}`));
  await mkdir(at(rejectedFolder), { recursive: true });
  await mkdir(at(format.folder), { recursive: true });
  return {
    async writeShard(number, records, onUnfit) {
      const place = path.posix.join(hiddenFolder, `${padded(number)}${format.ending}`);
      const open = (file: string): Promise<ShardWriter> => format.open(file, fields);
      const count = await writeRecords(at(place), open, records, onUnfit);
      if (count === 0) return undefined;
      return { path: place, records: count, ...(await measure(at(place))) };
    },
    async writeRejected(number, records) {
      const open = (file: string): Promise<ShardWriter> =>
        parquetFormat.open(file, [...fields, ...rejectionFields]);
      await writeRecords(rejectedPlace(number), open, records);
    },
    async readRejected(number) {
      const place = rejectedPlace(number);
      return parquetFormat.read((await exists(place)) ? [place] : [], at(rejectedFolder));
    },
    finalPath: (index, count) =>
      inFolder(`train-${padded(index)}-of-${padded(count)}${format.ending}`),
    interimPath: (number) => inFolder(`train-${padded(number)}${format.ending}`),
    async place({ path: place, from }) {
      if (from === undefined || !(await exists(at(from)))) return;
      // An earlier writing of the same shard may lie there; a folder does not replace another.
      await rm(at(place), { recursive: true, force: true });
      await rename(at(from), at(place));
    },
    read: (shard) => format.read([at(shard.path)], folder),
    async publish(shards, isComplete) {
      await writeManifest(folder, { layout: format.name, fields, isComplete, shards });
      const listed = new Set(shards.map((shard) => shard.path));
      for (const name of await readdir(at(format.folder))) {
        const isOurs =
          /^train-\d{5}(-of-\d{5})?(\.\w+)?$/.test(name) && name.endsWith(format.ending);
        if (isOurs && !listed.has(inFolder(name))) {
          await rm(at(inFolder(name)), { recursive: true });
        }
      }
    },
  };
}
