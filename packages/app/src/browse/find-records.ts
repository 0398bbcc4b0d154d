import type { RecordDecision, RecordQuery } from "@insightgraph/engine/server";
import type { RecordOrder, RecordTable } from "./record-table.ts";

/** What is known of records besides what the table holds, by their places. */
export interface RecordFacts {
  decision(place: number): RecordDecision | undefined;
  /** The place of the first of its near-duplicates, where it has some. */
  group(place: number): number | undefined;
}

const keepAll = (): boolean => true;

/** Whether the score of a record lies within what a query asks for. */
async function rangeTest(table: RecordTable, { score, min, max }: RecordQuery) {
  if (score === undefined || (min === undefined && max === undefined)) return keepAll;
  const isWithin = new Uint8Array(table.count());
  const range = { min: min ?? -Number.MAX_VALUE, max: max ?? Number.MAX_VALUE };
  await table.withScore(score, range, (place) => {
    isWithin[place] = 1;
  });
  return (place: number): boolean => isWithin[place] === 1;
}

/** Whether a record is among those that a query asks for by what people and the search for duplicates found. */
function factsTest({ decision, duplicates }: RecordQuery, facts: RecordFacts) {
  return (place: number): boolean => {
    if (duplicates === true && facts.group(place) === undefined) return false;
    return decision === undefined || decision.includes(facts.decision(place) ?? "undecided");
  };
}

/** The same values from the last to the first; records of equal value stay in the order of their places. */
function reversed({ places, isFirst }: RecordOrder): Int32Array {
  const turned = new Int32Array(places.length);
  for (let end = places.length, filled = 0; end > 0; ) {
    let start = end - 1;
    while (isFirst[start] === 0) start -= 1;
    turned.set(places.subarray(start, end), filled);
    filled += end - start;
    end = start;
  }
  return turned;
}

/** Sorts places as a query asks; records without the score come last, in both directions. */
async function inOrder(
  table: RecordTable,
  found: Int32Array,
  { sort, score = "", descending = false }: RecordQuery,
): Promise<Int32Array> {
  const order = await (sort === "key" ? table.byKey() : table.byScore(score));
  const isFound = new Uint8Array(table.count());
  for (const place of found) isFound[place] = 1;
  const sorted = new Int32Array(found.length);
  let length = 0;
  for (const place of descending ? reversed(order) : order.places) {
    if (isFound[place] !== 1) continue;
    sorted[length++] = place;
    isFound[place] = 0;
  }
  for (const place of found) if (isFound[place] === 1) sorted[length++] = place;
  return sorted;
}

/** The places of the records that a query finds, in its order. */
export async function findRecords(
  table: RecordTable,
  query: RecordQuery,
  facts: RecordFacts,
): Promise<Int32Array> {
  const matching = await table.matching(query);
  const isInRange = await rangeTest(table, query);
  const isAsked = factsTest(query, facts);
  const found = matching.filter((place) => isInRange(place) && isAsked(place));
  if (query.duplicates === true) {
    const groupOf = (place: number): number => facts.group(place) ?? place;
    return found.sort((a, b) => groupOf(a) - groupOf(b) || a - b);
  }
  if ((query.sort ?? "place") !== "place") return inOrder(table, found, query);
  return query.descending === true ? found.reverse() : found;
}
