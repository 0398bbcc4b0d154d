import {
  compareVariants,
  type VariantCell,
  type VariantScores,
} from "@insightgraph/editing/metrics";
import type { BatchStore } from "@insightgraph/engine/batches";
import { toSentence } from "@insightgraph/engine/errors";
import type { AblationItem } from "./ablation-item.ts";
import type { Cell } from "./cell.ts";
import { type CellResult, fromJson } from "./cell-result.ts";
import type { FingerprintedCell } from "./prepare-cell.ts";
import { fingerprintOfRun, keyOf } from "./run-cells.ts";

/** What one cell gave for one item, or why it gave nothing; neither where it did not run. */
export interface CellOutcome {
  readonly result?: CellResult;
  readonly failure?: string;
}

/** An item with what each cell gave for it, in the order of the cells. */
export interface ItemRow {
  readonly key: string;
  readonly outcomes: readonly CellOutcome[];
}

/** All that is needed to run an ablation again. */
export interface AblationManifest {
  /** The cells, each with its whole graph; relative paths start in `folder`. */
  readonly cells: readonly Cell[];
  readonly folder: string;
  /** `held-out`, or the place of a data set. */
  readonly source: string;
  readonly count: number;
  /** Which input takes which field of a record, where the caller said so. */
  readonly inputs: readonly (readonly [input: string, field: string])[];
  readonly code: string;
  readonly device: string;
}

/** What every cell gave for every item. */
export interface ScoredItems {
  readonly title: string;
  /** The names of the cells, the baseline first. */
  readonly variants: readonly string[];
  readonly metrics: readonly string[];
  readonly items: readonly ItemRow[];
  readonly manifest: AblationManifest;
}

/** An ablation that was run. */
export interface AblationReport extends ScoredItems {
  readonly cells: readonly VariantCell[];
}

/** What the file of a report begins with. */
export const reportFormat = "insightgraph-ablation";

/** Draws for each interval, and their seed. */
export const bootstrap = { samples: 10_000, seed: 1 } as const;

/** A result that was made with another graph, or by other code, counts as none. */
async function outcomeOf(
  store: BatchStore,
  cell: FingerprintedCell,
  item: AblationItem,
): Promise<CellOutcome> {
  const record = await store.get(keyOf(cell, item));
  if (record?.fingerprint !== fingerprintOfRun(cell, item)) return {};
  if (record.state === "done" && record.result !== undefined) {
    return { result: fromJson(record.result) };
  }
  if (record.error !== undefined) return { failure: toSentence(record.error) };
  return {};
}

/** The items with what the store holds of them. */
export async function rowsOf(
  store: BatchStore,
  cells: readonly FingerprintedCell[],
  items: readonly AblationItem[],
): Promise<readonly ItemRow[]> {
  const rows: ItemRow[] = [];
  for (const item of items) {
    const outcomes: CellOutcome[] = [];
    for (const cell of cells) outcomes.push(await outcomeOf(store, cell, item));
    rows.push({ key: item.key, outcomes });
  }
  return rows;
}

/** A metric's scores of one cell on every item; NaN where there is none. */
function scoresOf(rows: readonly ItemRow[], cell: number, metric: string): readonly number[] {
  return rows.map(({ outcomes }) => outcomes[cell]?.result?.scores[metric] ?? Number.NaN);
}

/** The scores of each cell by metric. */
export function variantScores({ variants, metrics, items }: ScoredItems): readonly VariantScores[] {
  return variants.map((variant, cell) => {
    const scores = metrics.map((metric) => [metric, scoresOf(items, cell, metric)] as const);
    return { variant, scores: new Map(scores) };
  });
}

/** Every cell by every metric, with intervals and paired tests against the first cell. */
export function summarizeVariants(scored: readonly VariantScores[]): readonly VariantCell[] {
  const [baseline, ...others] = scored;
  return baseline === undefined ? [] : compareVariants([baseline, ...others], bootstrap);
}

/** The report of an ablation, with intervals and paired tests. */
export function reportOf(scored: ScoredItems): AblationReport {
  return { ...scored, cells: summarizeVariants(variantScores(scored)) };
}

/** The same scores with another cell as the baseline; as they are where no cell has the name. */
export function withBaseline(scored: ScoredItems, baseline: string): ScoredItems {
  const at = scored.variants.indexOf(baseline);
  if (at <= 0) return scored;
  const first = <Value>(values: readonly Value[]): readonly Value[] => {
    return [...values.slice(at, at + 1), ...values.slice(0, at), ...values.slice(at + 1)];
  };
  return {
    ...scored,
    variants: first(scored.variants),
    items: scored.items.map(({ key, outcomes }) => ({ key, outcomes: first(outcomes) })),
    manifest: { ...scored.manifest, cells: first(scored.manifest.cells) },
  };
}

/** What one variant gave for one item. */
export interface ItemLine {
  readonly variant: string;
  readonly item: string;
  /** In the order of the metrics; NaN where there is none. */
  readonly scores: readonly number[];
  readonly failure: string | undefined;
}

/** A report's items, variant by variant. */
export function itemLines({ variants, metrics, items }: AblationReport): readonly ItemLine[] {
  return variants.flatMap((variant, cell) =>
    items.map(({ key, outcomes }) => {
      const { result, failure } = outcomes[cell] ?? {};
      const scores = metrics.map((metric) => result?.scores[metric] ?? Number.NaN);
      return { variant, item: key, scores, failure };
    }),
  );
}

/** A report as a JSON file; a hole is null. */
export function toReportFile(report: AblationReport): string {
  const { title, variants, metrics, cells, manifest } = report;
  const items = report.items.map(({ key, outcomes }) => ({
    key,
    outcomes: outcomes.map(({ result, failure }) => {
      return { scores: result?.scores, pictures: result?.pictures, failure };
    }),
  }));
  const file = {
    ...{ format: reportFormat, version: 1, title },
    ...{ baseline: variants[0], count: items.length, correction: "holm" },
    interval: { level: 0.95, method: "percentile bootstrap", ...bootstrap },
    ...{ variants, metrics, cells, items, manifest },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
