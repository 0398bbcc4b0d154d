import { rm } from "node:fs/promises";
import { EngineError } from "@insightgraph/engine/errors";
import type { NamedCount, RecordQuery, RecordStatus } from "@insightgraph/engine/server";
import { type Database, type DatabaseFaults, openDatabase } from "@insightgraph/engine/sqlite";
import type { BrowsedRecord, RecordSource } from "./browsed-record.ts";

/** Places of records in an order; a run of equal values begins wherever `isFirst` is 1. */
export interface RecordOrder {
  readonly places: Int32Array;
  readonly isFirst: Uint8Array;
}

/** The records of a data set on the disk, without their pictures: a place is a number, from 0. */
export interface RecordTable {
  count(): number;
  /** Records that can be read again; items that failed cannot. */
  readable(): number;
  add(records: readonly BrowsedRecord[]): Promise<void>;
  /** In the order of the places. */
  read(places: readonly number[]): Promise<readonly BrowsedRecord[]>;
  /** The places of the records of a key, the first one first. */
  placesOf(key: string): Promise<readonly number[]>;
  /** Places, in their order, of the records that a query finds by what is in the table: all but scores and decisions. */
  matching(query: RecordQuery): Promise<Int32Array>;
  /** The most frequent reasons. */
  reasons(most: number): Promise<readonly NamedCount[]>;
  byKey(): Promise<RecordOrder>;
  /** The records that have a number, by that number. */
  byScore(name: string): Promise<RecordOrder>;
  /** Calls for each record whose number lies between two. */
  withScore(
    name: string,
    range: { readonly min: number; readonly max: number },
    found: (place: number) => void,
  ): Promise<void>;
  /** How many numbers lie in each of equally wide steps from the least to the greatest. */
  spread(name: string, range: { readonly min: number; readonly max: number }): Promise<number[]>;
  close(): Promise<void>;
}

/** Rows that one statement looks at: the server answers others between two of them. */
const rowsPerTurn = 20_000;

const faults: DatabaseFaults = {
  locked: (file, cause) => unavailable(`another process has "${file}" open`, cause),
  unavailable,
};

function unavailable(reason: string, cause: unknown): EngineError {
  return new EngineError("dataset.unreadable", `records cannot be listed: ${reason}`, {
    hint: "Free space on the disk of the data folder and make it writable.",
    cause,
  });
}

const migrations = [
  [
    `CREATE TABLE records (
      place INTEGER PRIMARY KEY, key TEXT NOT NULL, status TEXT NOT NULL, source TEXT, address TEXT NOT NULL,
      made TEXT NOT NULL, reason TEXT, stage TEXT, operation TEXT, instruction TEXT, words TEXT NOT NULL,
      scores TEXT NOT NULL)`,
    "CREATE INDEX records_by_key ON records (key, place)",
    "CREATE INDEX records_by_reason ON records (reason) WHERE reason IS NOT NULL",
    `CREATE TABLE scores (
      name TEXT NOT NULL, value REAL NOT NULL, place INTEGER NOT NULL,
      PRIMARY KEY (name, value, place)) WITHOUT ROWID`,
  ],
];

const columns = [
  ...["key", "status", "source", "address", "made", "reason", "stage", "operation", "instruction"],
  ...["words", "scores"],
] as const;

const insertRecords = `INSERT INTO records (place, ${columns.join(", ")})
  SELECT ? + key, ${columns.map((_, at) => `value ->> ${at}`).join(", ")} FROM json_each(?)`;
/** Numbers are given as they are: read from a text, they may be rounded. */
function insertScores(scores: readonly (readonly [string, number, number])[]) {
  const rows = scores.map(() => "(?, ?, ?)").join(", ");
  return { sql: `INSERT INTO scores (name, value, place) VALUES ${rows}`, args: scores.flat() };
}

/** As many rows as one statement may have values for. */
const scoresPerStatement = 5000;
/** Steps in which the spread of a number is told. */
const binCount = 20;

/** The conditions that a query sets, with their values. */
function conditionsOf(query: RecordQuery): { readonly sql: string; readonly values: string[] } {
  const [parts, values]: [string[], string[]] = [[], []];
  const { status, stage, operation, reason, text = "" } = query;
  if (status !== undefined) {
    parts.push("status IN (SELECT value FROM json_each(?))");
    values.push(JSON.stringify(status));
  }
  for (const [name, value] of Object.entries({ stage, operation, reason })) {
    if (value === undefined) continue;
    parts.push(`${name} = ?`);
    values.push(value);
  }
  for (const word of text.toLowerCase().split(/\s+/).filter(Boolean)) {
    parts.push("instr(words, ?) > 0");
    values.push(word);
  }
  return { sql: parts.map((part) => ` AND ${part}`).join(""), values };
}

type Row = Awaited<ReturnType<Database["query"]>>[number];
type InValue = string | number | null;

function toRecord(row: Row): BrowsedRecord {
  const text = (name: string): string | undefined => {
    const value = row[name];
    return typeof value === "string" ? value : undefined;
  };
  return {
    key: text("key") ?? "",
    status: text("status") as RecordStatus,
    source: text("source") as RecordSource | undefined,
    address: text("address") ?? "",
    made: text("made") ?? "",
    reason: text("reason"),
    stage: text("stage"),
    operation: text("operation"),
    instruction: text("instruction"),
    words: text("words") ?? "",
    scores: JSON.parse(text("scores") ?? "{}") as Record<string, number>,
  };
}

/** A part of an index to walk along. */
interface Walk {
  /** What the index is sorted by. */
  readonly column: "key" | "value";
  /** Table and conditions, with their values. */
  readonly from: string;
  readonly values: readonly (string | number)[];
  /** A whole number to give for each row. @param last The value before the first row. */
  mark(last: InValue): { readonly sql: string; readonly values: readonly InValue[] };
}

/**
 * Walks along an index: each statement goes on after the last row of the one before. Values never leave the database as
 * text, which would round them.
 */
async function walk(
  { query }: Database,
  { column, from, values, mark }: Walk,
  take: (place: number, mark: number) => void,
): Promise<void> {
  let after: readonly [value: InValue, place: number] | undefined;
  for (;;) {
    const beyond = after === undefined ? "" : ` AND (${column}, place) > (?, ?)`;
    const marked = mark(after?.[0] ?? null);
    const rows = `SELECT ${column} AS value, place FROM ${from}${beyond} ORDER BY ${column}, place LIMIT ${rowsPerTurn}`;
    const [row] = await query(
      `SELECT json_group_array(place) AS places, json_group_array(mark) AS marks, max(value) AS last
        FROM (SELECT value, place, ${marked.sql} AS mark FROM (${rows}) ORDER BY value, place)`,
      [...marked.values, ...values, ...(after ?? [])],
    );
    const places = JSON.parse(String(row?.["places"])) as number[];
    const marks = JSON.parse(String(row?.["marks"])) as number[];
    for (const [at, place] of places.entries()) take(place, marks[at] ?? 0);
    const end = places.at(-1);
    if (end === undefined || places.length < rowsPerTurn) return;
    after = [(row?.["last"] ?? null) as InValue, end];
  }
}

/** Marks the rows at which another value begins. */
const marksFirst: Walk["mark"] = (last) => ({
  sql: "value IS NOT lag(value, 1, ?) OVER (ORDER BY value, place)",
  values: [last],
});

async function orderOf(
  db: Database,
  count: number,
  along: Omit<Walk, "mark">,
): Promise<RecordOrder> {
  const [places, isFirst] = [new Int32Array(count), new Uint8Array(count)];
  let length = 0;
  await walk(db, { ...along, mark: marksFirst }, (place, mark) => {
    // Records that came meanwhile are left to the next walk.
    if (place >= count) return;
    places[length] = place;
    isFirst[length++] = mark;
  });
  return { places: places.subarray(0, length), isFirst: isFirst.subarray(0, length) };
}

/**
 * Opens a table in a new file, which goes with it.
 * Throws: `dataset.unreadable`.
 */
export async function openRecordTable(file: string): Promise<RecordTable> {
  const db = await openDatabase({ file, migrations, faults });
  let [count, readable] = [0, 0];
  return {
    count: () => count,
    readable: () => readable,
    async add(records) {
      const first = count;
      const rows = records.map((record) =>
        columns.map((name) => (name === "scores" ? JSON.stringify(record.scores) : record[name])),
      );
      const scores = records.flatMap((record, at) =>
        Object.entries(record.scores).map(([name, value]) => [name, value, first + at] as const),
      );
      const statements = [{ sql: insertRecords, args: [first, JSON.stringify(rows)] as InValue[] }];
      for (let start = 0; start < scores.length; start += scoresPerStatement) {
        statements.push(insertScores(scores.slice(start, start + scoresPerStatement)));
      }
      await db.changeAll(statements);
      count += records.length;
      readable += records.filter(({ source }) => source !== undefined).length;
    },
    async read(places) {
      const sql = "SELECT * FROM records WHERE place IN (SELECT value FROM json_each(?))";
      const rows = await db.query(sql, [JSON.stringify(places)]);
      const found = new Map(rows.map((row) => [Number(row["place"]), toRecord(row)] as const));
      return places.flatMap((place) => found.get(place) ?? []);
    },
    async placesOf(key) {
      const rows = await db.query("SELECT place FROM records WHERE key = ? ORDER BY place", [key]);
      return rows.map(({ place }) => Number(place));
    },
    async matching(query) {
      const { sql, values } = conditionsOf(query);
      const found = new Int32Array(count);
      if (sql === "") return found.map((_, place) => place);
      let length = 0;
      for (let start = 0, end = found.length; start < end; start += rowsPerTurn) {
        const range = [start, Math.min(end, start + rowsPerTurn) - 1];
        const rows = `SELECT place FROM records WHERE place BETWEEN ? AND ?${sql} ORDER BY place`;
        const all = `SELECT json_group_array(place) AS places FROM (${rows})`;
        const [row] = await db.query(all, [...range, ...values]);
        const places = JSON.parse(String(row?.["places"])) as number[];
        found.set(places, length);
        length += places.length;
      }
      return found.subarray(0, length);
    },
    async reasons(most) {
      const sql = `SELECT reason AS name, count(*) AS count FROM records WHERE reason IS NOT NULL
        GROUP BY reason ORDER BY count(*) DESC, min(place) LIMIT ?`;
      const rows = await db.query(sql, [most]);
      return rows.map(({ name, count }) => ({ name: String(name), count: Number(count) }));
    },
    byKey: () => orderOf(db, count, { column: "key", from: "records WHERE true", values: [] }),
    byScore: (name) =>
      orderOf(db, count, { column: "value", from: "scores WHERE name = ?", values: [name] }),
    withScore: (name, { min, max }, found) =>
      walk(
        db,
        {
          ...{ column: "value", from: "scores WHERE name = ? AND value BETWEEN ? AND ?" },
          ...{ values: [name, min, max], mark: () => ({ sql: "0", values: [] }) },
        },
        found,
      ),
    async spread(name, { min, max }) {
      const bins = new Array<number>(binCount).fill(0);
      const sql = `CAST(max(0, min(${binCount - 1}, (value - ?) / ? * ${binCount})) AS INTEGER)`;
      const mark = () => ({ sql, values: [min, max === min ? 1 : max - min] });
      const along = { from: "scores WHERE name = ?", values: [name], mark } as const;
      await walk(db, { column: "value", ...along }, (_, bin) => {
        bins[bin] = (bins[bin] ?? 0) + 1;
      });
      return bins;
    },
    async close() {
      await db.close();
      await rm(file, { force: true });
    },
  };
}
