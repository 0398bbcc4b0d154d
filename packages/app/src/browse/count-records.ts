import type { NamedCount, ScoreSpread } from "@insightgraph/engine/server";
import type { BrowsedRecord } from "./browsed-record.ts";
import type { RecordTable } from "./record-table.ts";

/** The numbers of a data set, decisions aside. */
export interface RecordCounts {
  readonly statuses: readonly NamedCount[];
  readonly stages: readonly NamedCount[];
  readonly operations: readonly NamedCount[];
  readonly reasons: readonly NamedCount[];
  readonly scores: readonly ScoreSpread[];
}

/** Names after the most frequent ones are left out. */
const maxNames = 50;
const maxScores = 50;

/** The most frequent names, the first seen first where they are equally frequent. */
export function toNamedCounts(counts: Iterable<readonly [string, number]>): readonly NamedCount[] {
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, maxNames);
}

interface Range {
  min: number;
  max: number;
  sum: number;
  count: number;
}

function widen(ranges: Map<string, Range>, name: string, value: number): void {
  const range = ranges.get(name);
  if (range !== undefined) {
    range.min = Math.min(range.min, value);
    range.max = Math.max(range.max, value);
    range.sum += value;
    range.count += 1;
  } else if (ranges.size < maxScores) {
    ranges.set(name, { min: value, max: value, sum: value, count: 1 });
  }
}

/** Counts records by status, stage, operation and reason as they come, and how their scores spread. */
export function createRecordCounts(table: RecordTable): {
  add(record: BrowsedRecord): void;
  counts(): Promise<RecordCounts>;
} {
  const [statuses, stages, operations] = [
    ...[new Map<string, number>(), new Map<string, number>(), new Map<string, number>()],
  ] as const;
  const ranges = new Map<string, Range>();
  const increase = (counter: Map<string, number>, name: string | undefined): void => {
    if (name !== undefined) counter.set(name, (counter.get(name) ?? 0) + 1);
  };
  return {
    add(record) {
      increase(statuses, record.status);
      increase(stages, record.stage);
      increase(operations, record.operation);
      for (const [name, value] of Object.entries(record.scores)) widen(ranges, name, value);
    },
    async counts() {
      const scores: ScoreSpread[] = [];
      for (const [name, range] of ranges) {
        const { min, max, sum, count } = range;
        const bins = await table.spread(name, range);
        scores.push({ name, min, max, mean: sum / count, bins });
      }
      return {
        statuses: toNamedCounts(statuses),
        stages: toNamedCounts(stages),
        operations: toNamedCounts(operations),
        // Nearly each may be another, where reasons hold numbers.
        reasons: await table.reasons(maxNames),
        scores,
      };
    },
  };
}
