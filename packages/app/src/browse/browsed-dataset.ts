import { stat } from "node:fs/promises";
import path from "node:path";
import {
  type AddressedSource,
  decisionOn,
  type Field,
  type Fields,
  isPictureFile,
  learnSchema,
  manifestName,
  type OpenedDataset,
  openRejected,
  openWholeDataset,
  type PictureFile,
} from "@insightgraph/editing/datasets";
import { EngineError } from "@insightgraph/engine/errors";
import type {
  DatasetFacts,
  RecordDecision,
  RecordDetails,
  RecordQuery,
  RecordSummary,
} from "@insightgraph/engine/server";
import type { BrowsedRecord, RecordSource } from "./browsed-record.ts";
import { type RecordCounts, toNamedCounts } from "./count-records.ts";
import { type DecisionJournal, openDecisionJournal } from "./decision-journal.ts";
import { type DuplicateSearch, searchDuplicates } from "./duplicate-search.ts";
import { findRecords } from "./find-records.ts";
import { indexRecords, type RecordIndex } from "./record-index.ts";
import { openRecordTable } from "./record-table.ts";

/** A data set that pages look at. */
export interface BrowsedDataset {
  /** Whether its files are still those that were opened. */
  isCurrent(): Promise<boolean>;
  facts(): Promise<Omit<DatasetFacts, "path">>;
  /** The places of the records that a query finds. */
  find(query: RecordQuery): Promise<Int32Array>;
  summaries(places: readonly number[]): Promise<readonly RecordSummary[]>;
  decisionAt(place: number): RecordDecision | undefined;
  record(key: string): Promise<RecordDetails>;
  picture(key: string, field: string): Promise<PictureFile>;
  decide(keys: readonly string[], decision: RecordDecision | null): Promise<void>;
  undo(): Promise<void>;
  findDuplicates(distance: number): Promise<void>;
  keepOne(key: string | undefined): Promise<void>;
  close(): Promise<void>;
}

interface Parts {
  readonly dataset: OpenedDataset;
  readonly sources: Readonly<Record<RecordSource, AddressedSource>>;
  readonly fields: readonly Field[];
  readonly index: RecordIndex;
  readonly journal: DecisionJournal;
}

/** Records that are held with their pictures. */
const maxRecent = 16;
/** Records that are looked at together. */
const pageSize = 500;
/** Fields that are shown elsewhere. */
const shownApart = new Set(["key", "rejection_reason", "rejected_at"]);

/** Changes where a run publishes other shards; of other data sets, where the file changes. */
async function versionOf(place: string): Promise<string> {
  const manifest = await stat(path.join(place, manifestName)).catch(() => undefined);
  const { size, mtimeMs } = manifest ?? (await stat(place));
  return `${size} ${mtimeMs}`;
}

function absent(what: string): EngineError {
  return new EngineError("dataset.unreadable", what, { hint: "List the records again." });
}

/** A record and its place. */
interface PlacedRecord {
  readonly place: number;
  readonly record: BrowsedRecord;
}

/** A record by its key; of a data set that is still being read, once it has been. */
async function recordOf(index: RecordIndex, key: string): Promise<PlacedRecord> {
  const isWhole = index.isDone();
  const [place] = await index.table.placesOf(key);
  const [record] = place === undefined ? [] : await index.table.read([place]);
  if (place !== undefined && record !== undefined) return { place, record };
  if (!isWhole) {
    await index.ended;
    return recordOf(index, key);
  }
  throw absent(`the data set has no record "${key.slice(0, 200)}"`);
}

async function fieldsOf(
  { sources }: Parts,
  { source, address }: BrowsedRecord,
  isWithoutPictures: boolean,
): Promise<Fields> {
  if (source === undefined) return {};
  const options = { isWithoutPictures, isLone: true };
  return sources[source].loadAt(address, options).catch((cause: unknown) => {
    throw absent(cause instanceof Error ? cause.message : String(cause));
  });
}

/** Records that were read whole last: their pictures are asked for one after the other. */
function createRecent(parts: Parts): (key: string) => Promise<Fields> {
  const recent = new Map<string, Promise<Fields>>();
  const read = async (key: string): Promise<Fields> =>
    fieldsOf(parts, (await recordOf(parts.index, key)).record, false);
  return (key) => {
    const fields = recent.get(key) ?? read(key);
    recent.delete(key);
    recent.set(key, fields);
    fields.catch(() => recent.delete(key));
    const [oldest] = recent.keys();
    if (recent.size > maxRecent && oldest !== undefined) recent.delete(oldest);
    return fields;
  };
}

/** Keeps the last value of a computation, for as long as its name stays the same. */
function createMemory<Value>() {
  let kept: { readonly name: string; readonly value: Promise<Value> } | undefined;
  return (name: string, compute: () => Promise<Value>): Promise<Value> => {
    if (kept?.name !== name) {
      const value = compute();
      kept = { name, value };
      value.catch(() => {
        if (kept?.value === value) kept = undefined;
      });
    }
    return kept.value;
  };
}

function summaryOf(
  { key, status, reason, stage, operation, instruction, scores }: BrowsedRecord,
  decision: RecordDecision | undefined,
  group: string | undefined,
): RecordSummary {
  return {
    ...{ key, status, scores },
    ...(decision === undefined ? {} : { decision }),
    ...(reason === undefined ? {} : { reason }),
    ...(stage === undefined ? {} : { stage }),
    ...(operation === undefined ? {} : { operation }),
    ...(instruction === undefined ? {} : { instruction }),
    ...(group === undefined ? {} : { group }),
  };
}

function progressOf(search: DuplicateSearch): NonNullable<DatasetFacts["duplicates"]> {
  const groups = search.groups();
  let records = 0;
  for (const members of groups.values()) records += members.length;
  return {
    ...{ isDone: search.isDone(), hashed: search.hashed(), total: search.total },
    ...{ unreadable: search.unreadable(), groups: groups.size, records },
  };
}

function decisionCounts({ table, decided }: RecordIndex): DatasetFacts["decisions"] {
  const counts = new Map<string, number>([["undecided", table.count() - decided.size]]);
  for (const decision of decided.values()) counts.set(decision, (counts.get(decision) ?? 0) + 1);
  return toNamedCounts([...counts].filter(([, count]) => count > 0));
}

/** The near-duplicates of a record, or of the first record of each group that is not rejected. */
function surplusOf(
  { decided }: RecordIndex,
  search: DuplicateSearch | undefined,
  kept: number | undefined,
): readonly number[] {
  const surplus: number[] = [];
  for (const places of search?.groups().values() ?? []) {
    if (kept !== undefined && !places.includes(kept)) continue;
    const open = places.filter((place) => decided.get(place) !== "rejected");
    const chosen = kept ?? open[0];
    surplus.push(...open.filter((place) => place !== chosen));
  }
  return surplus;
}

/** Reads many records, page by page. */
async function readAll({ table }: RecordIndex, places: readonly number[]) {
  const records: BrowsedRecord[] = [];
  for (let at = 0; at < places.length; at += pageSize) {
    records.push(...(await table.read(places.slice(at, at + pageSize))));
  }
  return records;
}

function browse(parts: Parts, version: string, place: string): BrowsedDataset {
  const { dataset, fields, index, journal } = parts;
  const { table, decided } = index;
  let opened = version;
  let search: DuplicateSearch | undefined;
  let searches = 0;
  const indexed = (): string => `${opened}/${table.count()}/${index.isDone()}`;
  const state = (): string => {
    const found = `${searches}${search?.isDone() === true ? "+" : ""}`;
    return [indexed(), journal.steps(), found].join("/");
  };
  /** Decides; the first step makes a folder, which changes a data set that is a folder itself. */
  const decide = async (
    about: readonly BrowsedRecord[],
    decision: RecordDecision | null,
  ): Promise<void> => {
    const isFirst = journal.steps() === 0;
    await index.follow(await journal.decide(about, decision));
    if (isFirst) opened = await versionOf(place);
  };
  const readWhole = createRecent(parts);
  const counts = createMemory<RecordCounts>();
  const places = createMemory<Int32Array>();
  const summaries = async (at: readonly number[]): Promise<readonly RecordSummary[]> => {
    const records = await table.read(at);
    const leaders = at.map((one) => search?.group(one));
    const groups = await table.read(leaders.filter((leader) => leader !== undefined));
    let next = 0;
    return records.map((record, number) => {
      const group = leaders[number] === undefined ? undefined : groups[next++]?.key;
      return summaryOf(record, decided.get(at[number] ?? -1), group);
    });
  };
  return {
    isCurrent: async () => (await versionOf(place).catch(() => "")) === opened,
    async facts() {
      const fault = index.fault() ?? search?.fault();
      if (fault !== undefined) throw fault;
      return {
        ...{ format: dataset.format, fields, version: state(), isIndexed: index.isDone() },
        ...(dataset.layout === undefined ? {} : { layout: dataset.layout }),
        ...{ records: table.count(), unreadable: index.unreadable(), isRunning: index.isRunning() },
        ...(await counts(indexed(), index.counts)),
        ...{ decisions: decisionCounts(index), canUndo: journal.canUndo() },
        ...(search === undefined ? {} : { duplicates: progressOf(search) }),
      };
    },
    find: (query) =>
      places(`${state()} ${JSON.stringify(query)}`, () =>
        findRecords(table, query, {
          decision: (at) => decided.get(at),
          group: (at) => search?.group(at),
        }),
      ),
    summaries,
    decisionAt: (at) => decided.get(at),
    async record(key) {
      const found = await recordOf(index, key);
      const pictures = fields.filter(({ kind }) => kind === "picture").map(({ name }) => name);
      const all = Object.entries(await fieldsOf(parts, found.record, true));
      const rest = all.filter(([name]) => !pictures.includes(name) && !shownApart.has(name));
      const [summary] = await summaries([found.place]);
      return {
        ...(summary ?? summaryOf(found.record, undefined, undefined)),
        fields: Object.fromEntries(rest),
        pictures: found.record.source === undefined ? [] : pictures,
      };
    },
    async picture(key, field) {
      const found = (await readWhole(key))[field];
      if (isPictureFile(found)) return found;
      throw absent(`"${key.slice(0, 200)}" has no picture "${field.slice(0, 200)}"`);
    },
    async decide(keys, decision) {
      const about: BrowsedRecord[] = [];
      for (const key of keys) about.push((await recordOf(index, key)).record);
      await decide(about, decision);
    },
    undo: async () => index.follow(await journal.undo()),
    async findDuplicates(distance) {
      await search?.stop();
      searches += 1;
      const load = async ({ source, address }: BrowsedRecord): Promise<Fields> =>
        source === undefined ? {} : parts.sources[source].loadAt(address);
      search = searchDuplicates(table, load, distance);
    },
    async keepOne(key) {
      const kept = key === undefined ? undefined : (await recordOf(index, key)).place;
      await decide(await readAll(index, surplusOf(index, search, kept)), "rejected");
    },
    async close() {
      await index.stop();
      await search?.stop();
      await journal.close();
      await table.close();
    },
  };
}

/**
 * Opens a data set and starts to read it.
 * @param file Where the list of its records lies while it is open.
 * Throws: `dataset.unreadable` as an `EditingError`.
 */
export async function openBrowsedDataset(place: string, file: string): Promise<BrowsedDataset> {
  const dataset = await openWholeDataset(place);
  const opened = await versionOf(place);
  const sources = { kept: dataset, rejected: await openRejected(place) };
  const fields = await learnSchema(dataset);
  const journal = await openDecisionJournal(place);
  const table = await openRecordTable(file);
  const index = indexRecords(place, sources, table, ({ key, made }) =>
    decisionOn(journal.decisions, key, made),
  );
  return browse({ dataset, sources, fields, index, journal }, opened, place);
}
