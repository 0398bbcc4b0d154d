import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { EditingError } from "../errors.ts";
import { type ShardFacts, writeManifest } from "./manifest.ts";
import type { DatasetRecord } from "./record.ts";
import type { Field } from "./schema.ts";
import type { ShardFormat } from "./sinks/shard-writer.ts";
import { filesBelow, keyBelow } from "./sources/folder.ts";

/** The folder inside a data set that holds what is not published yet; other programs do not look there. */
export const hiddenFolder = ".insightgraph";

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

/** Opens a folder to write a data set into, and makes it where it is missing. */
export async function openDatasetFolder(
  folder: string,
  format: ShardFormat,
  fields: readonly Field[],
): Promise<DatasetFolder> {
  const at = (place: string): string => path.join(folder, place);
  const padded = (number: number): string => String(number).padStart(5, "0");
  const inFolder = (name: string): string => path.posix.join(format.folder, name);
  await mkdir(at(hiddenFolder), { recursive: true });
  await mkdir(at(format.folder), { recursive: true });
  return {
    async writeShard(number, records, onUnfit) {
      const place = path.posix.join(hiddenFolder, `${padded(number)}${format.ending}`);
      const unfinished = `${at(place)}.unfinished`;
      await rm(unfinished, { recursive: true, force: true });
      const writer = await format.open(unfinished, fields);
      let count = 0;
      for await (const record of records) {
        try {
          await writer.add(record);
          count += 1;
        } catch (thrown) {
          if (!(thrown instanceof EditingError) || onUnfit === undefined) throw thrown;
          onUnfit(record.key, thrown);
        }
      }
      await writer.finish();
      if (count === 0) {
        await rm(unfinished, { recursive: true });
        return undefined;
      }
      await rm(at(place), { recursive: true, force: true });
      await rename(unfinished, at(place));
      return { path: place, records: count, ...(await measure(at(place))) };
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
