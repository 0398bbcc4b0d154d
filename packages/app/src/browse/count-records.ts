import type { NamedCount, RecordDecision, ScoreSpread } from "@insightgraph/engine/server";
import type { BrowsedRecord } from "./browsed-record.ts";

/** The numbers of a data set. */
export interface RecordCounts {
  readonly statuses: readonly NamedCount[];
  readonly decisions: readonly NamedCount[];
  readonly stages: readonly NamedCount[];
  readonly operations: readonly NamedCount[];
  readonly reasons: readonly NamedCount[];
  readonly scores: readonly ScoreSpread[];
}

const binCount = 20;
/** Names after the most frequent ones are left out; reasons may hold a number each. */
const maxNames = 50;
const maxScores = 50;

function createCounter() {
  const counts = new Map<string, number>();
  return {
    add(name: string | undefined): void {
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    list: (): readonly NamedCount[] =>
      [...counts]
        .map(([name, count]) => ({ name, count }))
        .sort((a, b) => b.count - a.count)
        .slice(0, maxNames),
  };
}

/** The smallest, the largest and the sum of what each score has. */
function rangesOf(records: readonly BrowsedRecord[]) {
  const ranges = new Map<string, { min: number; max: number; sum: number; count: number }>();
  for (const { scores } of records) {
    for (const [name, value] of Object.entries(scores)) {
      const range = ranges.get(name);
      if (range === undefined) {
        if (ranges.size < maxScores)
          ranges.set(name, { min: value, max: value, sum: value, count: 1 });
        continue;
      }
      range.min = Math.min(range.min, value);
      range.max = Math.max(range.max, value);
      range.sum += value;
      range.count += 1;
    }
  }
  return ranges;
}

function spreadsOf(records: readonly BrowsedRecord[]): readonly ScoreSpread[] {
  const spreads = [...rangesOf(records)].map(([name, { min, max, sum, count }]) => {
    return { name, min, max, mean: sum / count, bins: new Array<number>(binCount).fill(0) };
  });
  for (const { scores } of records) {
    for (const { name, min, max, bins } of spreads) {
      const value = scores[name];
      if (value === undefined) continue;
      const share = max === min ? 0 : (value - min) / (max - min);
      const bin = Math.min(binCount - 1, Math.floor(share * binCount));
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
  }
  return spreads;
}

/** Counts records by status, decision, stage, operation and reason, and how their scores spread. */
export function countRecords(
  records: readonly BrowsedRecord[],
  decisionOf: (record: BrowsedRecord) => RecordDecision | undefined,
): RecordCounts {
  const [statuses, decisions, stages, operations, reasons] = [
    ...[createCounter(), createCounter(), createCounter(), createCounter(), createCounter()],
  ] as const;
  for (const record of records) {
    statuses.add(record.status);
    decisions.add(decisionOf(record) ?? "undecided");
    stages.add(record.stage);
    operations.add(record.operation);
    reasons.add(record.reason);
  }
  return {
    statuses: statuses.list(),
    decisions: decisions.list(),
    stages: stages.list(),
    operations: operations.list(),
    reasons: reasons.list(),
    scores: spreadsOf(records),
  };
}
