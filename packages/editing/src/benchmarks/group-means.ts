import type { BenchmarkRow, ItemScores, Scores } from "./benchmark.ts";

/** Mean of the scores that are there, and how many are. */
function meanOf(values: readonly (number | undefined)[]): readonly [mean: number, count: number] {
  const known = values.filter((value) => value !== undefined && !Number.isNaN(value)) as number[];
  return [known.reduce((sum, value) => sum + value, 0) / known.length, known.length];
}

/** A row of means over items; scores that are missing are left out and counted. */
export function meanRow(group: string, items: readonly Pick<ItemScores, "scores">[]): BenchmarkRow {
  const names = [...new Set(items.flatMap(({ scores }) => Object.keys(scores)))];
  const means = names.map(
    (name) => [name, meanOf(items.map(({ scores }) => scores[name]))] as const,
  );
  return {
    group,
    n: items.length,
    scores: Object.fromEntries(means.map(([name, [mean]]) => [name, mean])),
    counts: Object.fromEntries(means.map(([name, [, count]]) => [name, count])),
  };
}

/** Items by their group, in order of appearance. */
export function byGroup(items: readonly ItemScores[]): ReadonlyMap<string, readonly ItemScores[]> {
  const groups = new Map<string, ItemScores[]>();
  for (const one of items) {
    const { group } = one.item;
    const known = groups.get(group);
    if (known === undefined) groups.set(group, [one]);
    else known.push(one);
  }
  return groups;
}

/** A row for each group. */
export function groupRows(items: readonly ItemScores[]): readonly BenchmarkRow[] {
  return [...byGroup(items)].map(([group, own]) => meanRow(group, own));
}

/** The unweighted mean of rows: each group counts the same, however many items it has. */
export function meanOfRows(group: string, rows: readonly BenchmarkRow[]): BenchmarkRow {
  const { scores } = meanRow(group, rows);
  const n = rows.reduce((sum, row) => sum + row.n, 0);
  const names = Object.keys(scores);
  const counts = names.map((name) => {
    return [name, rows.reduce((sum, row) => sum + (row.counts[name] ?? 0), 0)] as const;
  });
  return { group, n, scores, counts: Object.fromEntries(counts) };
}

/** Two decimals, as the benchmarks' scripts round. */
export function twoDecimals(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Scores that are all missing. */
export function noScores(names: readonly string[]): Scores {
  return Object.fromEntries(names.map((name) => [name, Number.NaN]));
}
