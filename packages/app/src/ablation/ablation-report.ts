import { compareVariants, type VariantCell } from "@insightgraph/editing/metrics";
import type { BatchStore } from "@insightgraph/engine/batches";
import { toSentence } from "@insightgraph/engine/errors";
import type { AblationItem } from "./ablation-item.ts";
import type { Cell } from "./cell.ts";
import { type CellResult, fromJson } from "./cell-result.ts";
import { keyOf } from "./run-cells.ts";

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

/** An ablation that was run. */
export interface AblationReport {
  readonly title: string;
  /** The names of the cells, the baseline first. */
  readonly variants: readonly string[];
  readonly metrics: readonly string[];
  readonly items: readonly ItemRow[];
  readonly cells: readonly VariantCell[];
  readonly manifest: AblationManifest;
}

/** What the file of a report begins with. */
export const reportFormat = "insightgraph-ablation";

/** Draws for each interval, and their seed. */
export const bootstrap = { samples: 10_000, seed: 1 } as const;

async function outcomeOf(store: BatchStore, key: string): Promise<CellOutcome> {
  const record = await store.get(key);
  if (record?.state === "done" && record.result !== undefined) {
    return { result: fromJson(record.result) };
  }
  if (record?.error !== undefined) return { failure: toSentence(record.error) };
  return {};
}

/** The items with what the store holds of them. */
export async function rowsOf(
  store: BatchStore,
  cells: readonly Cell[],
  items: readonly AblationItem[],
): Promise<readonly ItemRow[]> {
  const rows: ItemRow[] = [];
  for (const item of items) {
    const outcomes: CellOutcome[] = [];
    for (const cell of cells) outcomes.push(await outcomeOf(store, keyOf(cell, item)));
    rows.push({ key: item.key, outcomes });
  }
  return rows;
}

/** A metric's scores of one cell on every item; NaN where there is none. */
function scoresOf(rows: readonly ItemRow[], cell: number, metric: string): readonly number[] {
  return rows.map(({ outcomes }) => outcomes[cell]?.result?.scores[metric] ?? Number.NaN);
}

/** The report of an ablation, with intervals and paired tests. */
export function reportOf(
  title: string,
  metrics: readonly string[],
  items: readonly ItemRow[],
  manifest: AblationManifest,
): AblationReport {
  const variants = manifest.cells.map(({ name }) => name);
  const scored = variants.map((variant, cell) => {
    const scores = metrics.map((metric) => [metric, scoresOf(items, cell, metric)] as const);
    return { variant, scores: new Map(scores) };
  });
  const [baseline, ...others] = scored;
  const cells = baseline === undefined ? [] : compareVariants([baseline, ...others], bootstrap);
  return { title, variants, metrics, items, cells, manifest };
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
    outcomes: outcomes.map(({ result, failure }) => ({ scores: result?.scores, failure })),
  }));
  const file = {
    ...{ format: reportFormat, version: 1, title },
    ...{ baseline: variants[0], count: items.length, correction: "holm" },
    interval: { level: 0.95, method: "percentile bootstrap", ...bootstrap },
    ...{ variants, metrics, cells, items, manifest },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
