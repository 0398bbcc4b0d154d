import { stat } from "node:fs/promises";
import path from "node:path";
import {
  decisionOn,
  type Field,
  type Fields,
  isPictureFile,
  learnSchema,
  manifestName,
  type OpenedDataset,
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
import type { BrowsedRecord } from "./browsed-record.ts";
import { countRecords, type RecordCounts } from "./count-records.ts";
import { type DecisionJournal, openDecisionJournal } from "./decision-journal.ts";
import { type DuplicateSearch, searchDuplicates } from "./duplicate-search.ts";
import { findRecords } from "./find-records.ts";
import { indexRecords, type RecordIndex } from "./record-index.ts";

/** A data set that pages look at. */
export interface BrowsedDataset {
  /** Whether its files are still those that were opened. */
  isCurrent(): Promise<boolean>;
  facts(): Omit<DatasetFacts, "path">;
  /** The places of the records that a query finds. */
  find(query: RecordQuery): readonly number[];
  summaryAt(place: number): RecordSummary;
  decisionAt(place: number): RecordDecision | undefined;
  record(key: string): Promise<RecordDetails>;
  picture(key: string, field: string): Promise<PictureFile>;
  decide(keys: readonly string[], decision: RecordDecision | null): Promise<void>;
  undo(): Promise<void>;
  findDuplicates(distance: number): void;
  keepOne(key: string | undefined): Promise<void>;
  close(): Promise<void>;
}

interface Parts {
  readonly dataset: OpenedDataset;
  readonly fields: readonly Field[];
  readonly index: RecordIndex;
  readonly journal: DecisionJournal;
}

/** Records that are held with their pictures. */
const maxRecent = 16;
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

function recordAt({ index }: Parts, key: string): BrowsedRecord {
  const found = index.get(key);
  if (found !== undefined) return found;
  throw absent(`the data set has no record "${key.slice(0, 200)}"`);
}

async function fieldsOf({ item }: BrowsedRecord, isWithoutPictures: boolean): Promise<Fields> {
  if (item === undefined) return {};
  return item.load({ isWithoutPictures, isLone: true }).catch((cause: unknown) => {
    throw absent(cause instanceof Error ? cause.message : String(cause));
  });
}

/** Records that were read whole last: their pictures are asked for one after the other. */
function createRecent(): (record: BrowsedRecord) => Promise<Fields> {
  const recent = new Map<BrowsedRecord, Promise<Fields>>();
  return (record) => {
    const fields = recent.get(record) ?? fieldsOf(record, false);
    recent.delete(record);
    recent.set(record, fields);
    fields.catch(() => recent.delete(record));
    const [oldest] = recent.keys();
    if (recent.size > maxRecent && oldest !== undefined) recent.delete(oldest);
    return fields;
  };
}

/** Keeps the last value of a computation, for as long as its name stays the same. */
function createMemory<Value>() {
  let kept: { readonly name: string; readonly value: Value } | undefined;
  return (name: string, compute: () => Value): Value => {
    if (kept?.name !== name) kept = { name, value: compute() };
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
  return {
    ...{ isDone: search.isDone(), hashed: search.hashed(), total: search.total },
    ...{ unreadable: search.unreadable(), groups: groups.length },
    records: groups.reduce((sum, { length }) => sum + length, 0),
  };
}

function browse(parts: Parts, version: string, place: string): BrowsedDataset {
  const { dataset, fields, index, journal } = parts;
  const { records } = index;
  let opened = version;
  let search: DuplicateSearch | undefined;
  let searches = 0;
  const decisionOf = ({ key, made }: BrowsedRecord): RecordDecision | undefined =>
    decisionOn(journal.decisions, key, made);
  const state = (): string => {
    const found = `${searches}${search?.isDone() === true ? "+" : ""}`;
    return [opened, records.length, index.isDone(), journal.steps(), found].join("/");
  };
  /** Decides; the first step makes a folder, which changes a data set that is a folder itself. */
  const decide = async (
    about: readonly BrowsedRecord[],
    decision: RecordDecision | null,
  ): Promise<void> => {
    const isFirst = journal.steps() === 0;
    await journal.decide(about, decision);
    if (isFirst) opened = await versionOf(place);
  };
  const readWhole = createRecent();
  const counts = createMemory<RecordCounts>();
  const places = createMemory<readonly number[]>();
  const summaryAt = (at: number): RecordSummary => {
    const record = records[at];
    if (record === undefined) throw absent(`the data set has no record ${at}`);
    const leader = search?.group(at);
    return summaryOf(
      record,
      decisionOf(record),
      leader === undefined ? undefined : records[leader]?.key,
    );
  };
  return {
    isCurrent: async () => (await versionOf(place).catch(() => "")) === opened,
    facts: () => ({
      ...{ format: dataset.format, fields, version: state(), isIndexed: index.isDone() },
      ...(dataset.layout === undefined ? {} : { layout: dataset.layout }),
      ...{ records: records.length, unreadable: index.unreadable(), isRunning: index.isRunning() },
      ...counts(state(), () => countRecords(records, decisionOf)),
      canUndo: journal.canUndo(),
      ...(search === undefined ? {} : { duplicates: progressOf(search) }),
    }),
    find: (query) =>
      places(`${state()} ${JSON.stringify(query)}`, () =>
        findRecords(records, query, { decision: decisionOf, group: (at) => search?.group(at) }),
      ),
    summaryAt,
    decisionAt: (at) => summaryAt(at).decision,
    async record(key) {
      const record = recordAt(parts, key);
      const pictures = fields.filter(({ kind }) => kind === "picture").map(({ name }) => name);
      const all = Object.entries(await fieldsOf(record, true));
      const rest = all.filter(([name]) => !pictures.includes(name) && !shownApart.has(name));
      return {
        ...summaryAt(records.indexOf(record)),
        fields: Object.fromEntries(rest),
        pictures: record.item === undefined ? [] : pictures,
      };
    },
    async picture(key, field) {
      const found = (await readWhole(recordAt(parts, key)))[field];
      if (isPictureFile(found)) return found;
      throw absent(`"${key.slice(0, 200)}" has no picture "${field.slice(0, 200)}"`);
    },
    decide: async (keys, decision) =>
      decide(
        keys.map((key) => recordAt(parts, key)),
        decision,
      ),
    undo: journal.undo,
    findDuplicates(distance) {
      search?.stop();
      searches += 1;
      search = searchDuplicates([...records], distance);
    },
    keepOne: async (key) => decide(surplusOf(parts, search, decisionOf, key), "rejected"),
    async close() {
      index.stop();
      search?.stop();
      await journal.close();
    },
  };
}

/** The near-duplicates of a record, or of the first record of each group that is not rejected. */
function surplusOf(
  { index, ...parts }: Parts,
  search: DuplicateSearch | undefined,
  decisionOf: (record: BrowsedRecord) => RecordDecision | undefined,
  key: string | undefined,
): readonly BrowsedRecord[] {
  const kept = key === undefined ? undefined : recordAt({ index, ...parts }, key);
  return (search?.groups() ?? []).flatMap((places) => {
    const members = places.flatMap((at) => index.records[at] ?? []);
    if (kept !== undefined && !members.includes(kept)) return [];
    const open = members.filter((record) => decisionOf(record) !== "rejected");
    const chosen = kept ?? open[0];
    return open.filter((record) => record !== chosen);
  });
}

/** Opens a data set and starts to read it. Throws: `dataset.unreadable` as an `EditingError`. */
export async function openBrowsedDataset(place: string): Promise<BrowsedDataset> {
  const dataset = await openWholeDataset(place);
  const opened = await versionOf(place);
  const fields = await learnSchema(dataset);
  const journal = await openDecisionJournal(place);
  const index = indexRecords(place, dataset);
  return browse({ dataset, fields, index, journal }, opened, place);
}
