import type { RecordDecision, RecordQuery } from "@insightgraph/engine/server";
import type { BrowsedRecord } from "./browsed-record.ts";

/** What is known of records besides themselves. */
export interface RecordFacts {
  decision(record: BrowsedRecord): RecordDecision | undefined;
  /** The place of the first of its near-duplicates, where it has some. */
  group(place: number): number | undefined;
}

/** Whether a record is among those that a query asks for. */
function createTest(query: RecordQuery, facts: RecordFacts) {
  const { status, decision, stage, operation, reason, score, min, max } = query;
  const words = (query.text ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const hasRange = score !== undefined && (min !== undefined || max !== undefined);
  return (record: BrowsedRecord, place: number): boolean => {
    if (status !== undefined && !status.includes(record.status)) return false;
    if (stage !== undefined && record.stage !== stage) return false;
    if (operation !== undefined && record.operation !== operation) return false;
    if (reason !== undefined && record.reason !== reason) return false;
    if (!words.every((word) => record.words.includes(word))) return false;
    if (query.duplicates === true && facts.group(place) === undefined) return false;
    if (decision !== undefined && !decision.includes(facts.decision(record) ?? "undecided")) {
      return false;
    }
    if (!hasRange) return true;
    const value = record.scores[score];
    return value !== undefined && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
  };
}

type Compare = (a: number, b: number) => number;

/** By the place where nothing else decides; records without the score come last, in both directions. */
function createOrder(records: readonly BrowsedRecord[], query: RecordQuery): Compare {
  const { sort = "place", score = "", descending = false } = query;
  const sign = descending ? -1 : 1;
  if (sort === "key") {
    const keyAt = (place: number): string => records[place]?.key ?? "";
    return (a, b) => {
      const [one, other] = [keyAt(a), keyAt(b)];
      return one === other ? a - b : one < other ? -sign : sign;
    };
  }
  if (sort === "score") {
    const values = records.map(({ scores }) => scores[score]);
    return (a, b) => {
      const [one, other] = [values[a], values[b]];
      if (one === other) return a - b;
      if (one === undefined) return 1;
      return other === undefined ? -1 : sign * (one - other);
    };
  }
  return (a, b) => sign * (a - b);
}

/** The places of the records that a query finds, in its order. */
export function findRecords(
  records: readonly BrowsedRecord[],
  query: RecordQuery,
  facts: RecordFacts,
): readonly number[] {
  const isAsked = createTest(query, facts);
  const found: number[] = [];
  for (const [place, record] of records.entries()) if (isAsked(record, place)) found.push(place);
  if (query.duplicates === true) {
    const groupOf = (place: number): number => facts.group(place) ?? place;
    return found.sort((a, b) => groupOf(a) - groupOf(b) || a - b);
  }
  const isInOrder = (query.sort ?? "place") === "place" && query.descending !== true;
  return isInOrder ? found : found.sort(createOrder(records, query));
}
