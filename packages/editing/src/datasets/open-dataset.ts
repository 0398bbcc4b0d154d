import { stat } from "node:fs/promises";
import path from "node:path";
import { readRegular } from "../files/regular-file.ts";
import { toAdvancedEditFile } from "./advanced-edit-files.ts";
import { applyMapping, type ColumnMapping } from "./column-mapping.ts";
import { type Decisions, decisionOn, madeBy, readDecisions } from "./decisions.ts";
import { unreadable } from "./faults.ts";
import { findLayout } from "./known-layouts.ts";
import { readManifest } from "./manifest.ts";
import { isPictureName } from "./picture-ending.ts";
import type {
  AddressedSource,
  DatasetItem,
  DatasetRecord,
  DatasetSource,
  Fields,
  LoadOptions,
} from "./record.ts";
import { openRejected } from "./rejected-records.ts";
import { type Field, schemaOf } from "./schema.ts";
import { shardFormat } from "./shard-formats.ts";
import { openAdvancedEdit } from "./sources/advanced-edit.ts";
import { filesBelow, openFolder } from "./sources/folder.ts";
import { isMetadataName, openJsonRecords, parseLenient } from "./sources/json-records.ts";
import { openParquet } from "./sources/parquet.ts";
import { openSeeds } from "./sources/seeds.ts";
import { openWebDataset } from "./sources/web-dataset.ts";

/** A data set that can be read. */
export interface OpenedDataset extends DatasetSource {
  /** The published set whose columns it has. */
  readonly layout?: string;
  readonly mapping: ColumnMapping;
}

/** A data set with all of its records, each of which can be read again. */
export type WholeDataset = AddressedSource & OpenedDataset;

type Opener = (files: readonly string[], folder: string) => AddressedSource;

/** By the files that tell what a folder is, the most telling first. */
const openers: readonly (readonly [tells: (name: string) => boolean, open: Opener])[] = [
  [(name) => name.endsWith(".parquet"), openParquet],
  [(name) => name.endsWith(".tar"), openWebDataset],
  [isMetadataName, openJsonRecords],
  [(name) => /\.(jsonl|json|csv)$/.test(name), openJsonRecords],
];

/** A folder with more files than this is known by the first ones. */
const maxLooked = 20_000;

/** Whether a file is one of the AdvancedEdit pipeline. */
async function isAdvancedEdit(file: string): Promise<boolean> {
  try {
    return (
      toAdvancedEditFile(parseLenient((await readRegular(file)).toString("utf8"))) !== undefined
    );
  } catch {
    return false;
  }
}

async function openBelow(folder: string): Promise<AddressedSource> {
  let [rank, looked, hasPictures] = [openers.length, 0, false];
  let firstJson: string | undefined;
  for await (const file of filesBelow(folder)) {
    if (file.endsWith(".json")) firstJson ??= file;
    const found = openers.findIndex(([tells]) => tells(path.basename(file)));
    if (found >= 0) rank = Math.min(rank, found);
    hasPictures ||= isPictureName(file);
    looked += 1;
    if (looked >= maxLooked) break;
  }
  if (rank === openers.length - 1 && firstJson !== undefined && (await isAdvancedEdit(firstJson))) {
    return openAdvancedEdit(folder);
  }
  const [tells, open] = openers[rank] ?? [];
  if (tells !== undefined && open !== undefined) {
    const files: string[] = [];
    for await (const file of filesBelow(folder)) {
      if (tells(path.basename(file))) files.push(file);
    }
    return open(files.sort(), folder);
  }
  if (hasPictures) return openFolder(folder);
  throw unreadable(folder, "holds no pictures and no data set");
}

/** Opens what lies at a place. Throws: `dataset.unreadable`. */
async function openPlace(place: string): Promise<AddressedSource> {
  const about = await stat(place).catch((cause: unknown) => {
    throw unreadable(place, "is not there", cause);
  });
  if (about.isFile()) {
    const opener = openers.find(([tells]) => tells(path.basename(place)));
    if (opener !== undefined) return opener[1]([place], path.dirname(place));
    throw unreadable(place, "is no data set: Parquet, tar, JSON, JSON lines and CSV are");
  }
  if (!about.isDirectory()) throw unreadable(place, "is a pipe or a device, not a file");
  const manifest = await readManifest(place);
  if (manifest === undefined) return openBelow(place);
  const shards = manifest.shards.map((shard) => path.join(place, shard.path));
  return shardFormat(manifest.layout).read(shards, place);
}

/** The first records that can be read. @param most How many to look at. */
async function* firstRecords(source: DatasetSource, most: number): AsyncGenerator<Fields> {
  let looked = 0;
  for await (const item of source.items()) {
    const fields = await item.load().catch(() => undefined);
    if (fields !== undefined) yield fields;
    looked += 1;
    if (looked >= most) return;
  }
}

async function mappingFor(
  source: DatasetSource,
  mapping: ColumnMapping | undefined,
): Promise<Pick<OpenedDataset, "layout" | "mapping">> {
  if (mapping !== undefined) return { mapping };
  for await (const fields of firstRecords(source, 20)) {
    const layout = findLayout(fields);
    return layout === undefined
      ? { mapping: {} }
      : { layout: layout.name, mapping: layout.mapping };
  }
  return { mapping: {} };
}

/**
 * Opens all records of a data set, those as well that a person rejected: a folder of photographs, Parquet, WebDataset tar,
 * imagefolder, JSON, JSON lines or CSV; `seeds:100` stands for a hundred records with a number each.
 * @param mapping Where fields come from. @default that of the published set whose columns it has
 * Throws: `dataset.unreadable`.
 */
export async function openWholeDataset(
  place: string,
  mapping?: ColumnMapping,
): Promise<WholeDataset> {
  const seeds = seedsIn(place);
  const source = seeds === undefined ? await openPlace(place) : openSeeds(seeds);
  const found = await mappingFor(source, mapping);
  const mapped = async (
    loading: Promise<Fields>,
    { isWithoutPictures = false }: LoadOptions = {},
  ) => applyMapping(await loading, found.mapping, isWithoutPictures);
  return {
    ...found,
    format: source.format,
    loadAt: (address, options) => mapped(source.loadAt(address, options), options),
    ...(source.count === undefined ? {} : { count: source.count }),
    async *items() {
      for await (const item of source.items()) {
        yield { ...item, load: (options) => mapped(item.load(options), options) };
      }
    },
  };
}

function seedsIn(place: string): number | undefined {
  const [, seeds] = /^seeds:(\d+)$/.exec(place) ?? [];
  return seeds === undefined ? undefined : Number(seeds);
}

/** An item that a person did not reject; of those that the graph rejected, one that a person accepted. */
async function* decidedItems(
  dataset: DatasetSource,
  rejected: DatasetSource,
  decisions: Decisions,
): AsyncGenerator<DatasetItem> {
  const decided = async (item: DatasetItem) => {
    // What cannot be read fails where it is read as a whole.
    const fields = await item.load({ isWithoutPictures: true }).catch(() => ({}));
    return decisionOn(decisions, recordOf(item, fields).key, madeBy(fields));
  };
  for await (const item of dataset.items()) {
    if ((await decided(item)) !== "rejected") yield item;
  }
  for await (const item of rejected.items()) {
    if ((await decided(item)) !== "accepted") continue;
    yield {
      ...item,
      async load(options) {
        const { rejection_reason: _reason, rejected_at: _at, ...fields } = await item.load(options);
        return fields;
      },
    };
  }
}

/**
 * Opens a data set as `openWholeDataset` does, with what people decided about its records: without those that they
 * rejected, and with those that the graph rejected and they accepted.
 * Throws: `dataset.unreadable`.
 */
export async function openDataset(place: string, mapping?: ColumnMapping): Promise<OpenedDataset> {
  const dataset = await openWholeDataset(place, mapping);
  if (seedsIn(place) !== undefined) return dataset;
  const decisions = await readDecisions(place);
  if (decisions.size === 0) return dataset;
  const rejected = await openRejected(place);
  const { count: _count, ...facts } = dataset;
  return { ...facts, items: () => decidedItems(dataset, rejected, decisions) };
}

/** A record under the name that it gives itself, else that of its place. */
export function recordOf({ key }: DatasetItem, fields: Fields): DatasetRecord {
  const { key: own, ...others } = fields;
  return { key: typeof own === "string" ? own : key, fields: others };
}

/** The columns of a data set, by its first hundred records. */
export async function learnSchema(source: DatasetSource): Promise<readonly Field[]> {
  let merged: Fields = {};
  for await (const { key: _key, ...fields } of firstRecords(source, 100)) {
    const known = Object.entries(merged).filter(([, value]) => value !== null);
    merged = { ...fields, ...Object.fromEntries(known) };
  }
  return schemaOf(merged);
}
