import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { RecordQuery } from "@insightgraph/engine/server";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BrowsedRecord } from "./browsed-record.ts";
import { createRecordCounts } from "./count-records.ts";
import { findRecords } from "./find-records.ts";
import { openRecordTable, type RecordTable } from "./record-table.ts";

let folder = "";
let table: RecordTable;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-table-"));
  table = await openRecordTable(path.join(folder, "records.db"));
});
afterEach(async () => {
  await table.close();
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});

function record(
  at: number,
  { key = `r${at}`, scores = {} }: Partial<BrowsedRecord>,
): BrowsedRecord {
  return {
    ...{ key, status: "kept", source: "kept", address: String(at), made: "", scores },
    ...{ reason: undefined, stage: undefined, operation: at % 2 === 0 ? "add" : "remove" },
    ...{ instruction: undefined, words: `${key}\ncup ${at % 7}` },
  };
}

const noFacts = { decision: () => undefined, group: () => undefined };
const find = async (query: RecordQuery): Promise<readonly number[]> => [
  ...(await findRecords(table, query, noFacts)),
];

/** More than are looked at in one turn, many of them equal. */
const many = Array.from({ length: 41_000 }, (_, at) =>
  record(at, {
    key: `k${at % 3}`,
    scores: at % 5 === 0 ? {} : { likeness: at % 2 === 0 ? 0.1 + 0.2 : (at % 1000) / 3 },
  }),
);

async function fill(records: readonly BrowsedRecord[]): Promise<void> {
  for (let start = 0; start < records.length; start += 4000) {
    await table.add(records.slice(start, start + 4000));
  }
}

/** In the order of a value, equal ones and those without one in the order of their places. */
function sorted(valueIn: (record: BrowsedRecord) => number | string | undefined, sign: number) {
  const values = many.map(valueIn);
  return [...many.keys()].sort((a, b) => {
    const [one, other] = [values[a], values[b]];
    if (one === other) return a - b;
    if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
    return one < other ? -sign : sign;
  });
}

test("many records are found and sorted as one list would be", async () => {
  await fill(many);
  const score = "likeness";
  for (const [descending, sign] of [
    [false, 1],
    [true, -1],
  ] as const) {
    expect(await find({ sort: "key", descending })).toEqual(sorted(({ key }) => key, sign));
    const byScore = sorted(({ scores }) => scores[score], sign);
    expect(await find({ sort: "score", score, descending })).toEqual(byScore);
  }
  const wanted = (at: number): boolean => at % 2 === 1 && at % 7 === 3;
  const places = [...many.keys()].filter(wanted);
  expect(await find({ operation: "remove", text: "CUP  3" })).toEqual(places);
  expect(await find({ operation: "remove", text: "cup 3", descending: true })).toEqual(
    places.toReversed(),
  );
  const least = 1 / 3;
  const inRange = many.flatMap(({ scores }, at) => {
    const value = scores[score] ?? -1;
    return value >= least && value <= 10 ? [at] : [];
  });
  expect(await find({ score, min: least, max: 10 })).toEqual(inRange);
});

test("numbers are compared as they are, not as their texts", async () => {
  const values = [0.1 + 0.2, 0.3, 1e300, -1e-300, 5e-324, Number.MAX_VALUE];
  await fill(values.map((value, at) => record(at, { scores: { 'a "name"': value } })));
  for (const [place, value] of values.entries()) {
    expect(await find({ score: 'a "name"', min: value, max: value })).toEqual([place]);
  }
  expect(await find({ sort: "score", score: 'a "name"' })).toEqual([3, 4, 1, 0, 2, 5]);
});

test("the spread counts each number once, the greatest in the last step", async () => {
  const { add, counts } = createRecordCounts(table);
  const records = Array.from({ length: 21 }, (_, at) => record(at, { scores: { s: at } }));
  await fill(records);
  for (const one of records) add(one);
  const [spread] = (await counts()).scores;
  expect(spread).toMatchObject({ min: 0, max: 20, mean: 10 });
  expect(spread?.bins).toEqual([...Array.from({ length: 19 }, () => 1), 2]);
});
