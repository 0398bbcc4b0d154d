import type { VariantCell } from "@insightgraph/editing/metrics";
import { EngineError } from "@insightgraph/engine/errors";
import { namesHint } from "@insightgraph/engine/graph";
import type {
  AblationItemQuery,
  AblationItemScores,
  AblationTable,
} from "@insightgraph/engine/server";
import type { ItemRow, ScoredItems } from "../ablation-report.ts";

type WireCell = AblationTable["cells"][number];

/** JSON has no NaN. */
export function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** An estimate with null where there is none. */
export function toEstimate({ mean, low, high }: Estimate) {
  return { mean: orNull(mean), low: orNull(low), high: orNull(high) };
}

/** A cell of the table as it crosses the wire. */
export function toWireCell({ variant, metric, summary, difference }: VariantCell): WireCell {
  const { count, holes } = summary;
  const own = { variant, metric, ...toEstimate(summary), count, holes };
  if (difference === undefined) return own;
  const { test, pValue, correctedPValue, pairs, dropped } = difference;
  const values = { pValue: orNull(pValue), correctedPValue: orNull(correctedPValue) };
  return { ...own, difference: { ...toEstimate(difference), test, ...values, pairs, dropped } };
}

/** The place of a name. Throws: `ablation.unknown`. */
export function placeOf(names: readonly string[], name: string, what: string): number {
  const at = names.indexOf(name);
  if (at >= 0) return at;
  throw new EngineError("ablation.unknown", `the ablation has no ${what} "${name}"`, {
    hint: namesHint(name, names),
  });
}

function scoreOf({ outcomes }: ItemRow, cell: number, metric: string): number {
  return outcomes[cell]?.result?.scores[metric] ?? Number.NaN;
}

/**
 * Items with what two cells, or one, gave for them: the largest differences, or scores, first; those without come last.
 * Throws: `ablation.unknown`.
 */
export function itemsOf(
  { variants, metrics, items }: ScoredItems,
  { metric, variant, against, limit = 24 }: AblationItemQuery,
): readonly AblationItemScores[] {
  placeOf(metrics, metric, "metric");
  const asked = against === undefined || against === variant ? [variant] : [against, variant];
  const cells = asked.map((name) => placeOf(variants, name, "variant"));
  const sizeOf = (row: ItemRow): number => {
    const [first = Number.NaN, second] = cells.map((cell) => scoreOf(row, cell, metric));
    return second === undefined ? first : Math.abs(second - first);
  };
  const sized = items.map((row) => ({ row, size: sizeOf(row) }));
  const order = (size: number): number => (Number.isNaN(size) ? Number.NEGATIVE_INFINITY : size);
  return sized
    .sort((a, b) => order(b.size) - order(a.size))
    .slice(0, limit)
    .map(({ row }) => ({
      key: row.key,
      variants: cells.map((cell) => {
        const { result, failure } = row.outcomes[cell] ?? {};
        return {
          variant: variants[cell] ?? "",
          score: orNull(scoreOf(row, cell, metric)),
          pictures: result?.pictures ?? {},
          ...(failure !== undefined && { failure }),
        };
      }),
    }));
}
