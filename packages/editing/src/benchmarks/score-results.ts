import path from "node:path";
import { EditingError } from "../errors.ts";
import { resizePicture } from "../pictures/planes.ts";
import type {
  Benchmark,
  BenchmarkItem,
  BenchmarkRow,
  ItemScores,
  OpenedBenchmark,
  ScoredEdit,
} from "./benchmark.ts";
import { decodeOnWhite, isThere, readBenchmarkFile } from "./benchmark-files.ts";
import type { Scorers } from "./scorers.ts";

/** What came of scoring a folder of results. */
export interface BenchmarkReport {
  readonly benchmark: string;
  readonly rows: readonly BenchmarkRow[];
  readonly items: readonly ItemScores[];
  /** What is left out and why, a sentence for each item. */
  readonly missing: readonly string[];
}

/** How results are scored. */
export interface ScoringRun {
  readonly benchmark: Benchmark;
  readonly opened: OpenedBenchmark;
  /** The folder of results. */
  readonly results: string;
  readonly scorers: Scorers;
  /** Items that are scored at a time. @default 1 */
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  onProgress?(done: number, total: number): void;
}

async function editOf(item: BenchmarkItem, results: string): Promise<ScoredEdit> {
  const file = path.join(results, item.output);
  const { source, target, mask } = await item.load(results);
  const before = await decodeOnWhite(source, `${item.key}: source`);
  const wanted = target && (await decodeOnWhite(target, `${item.key}: target`));
  const { width, height } = wanted ?? before;
  const result = await decodeOnWhite(await readBenchmarkFile(file), file);
  return {
    item,
    source: before,
    target: wanted,
    mask,
    result: resizePicture(result, width, height),
  };
}

/** Faults of the judge itself, which no other item mends. */
const lasting: ReadonlySet<string> = new Set([
  ...["endpoint.unreachable", "endpoint.key", "endpoint.forbidden"],
]);

/** Scores one item; says why, where it has no result or cannot be scored. */
async function scoreItem(
  { benchmark, results, scorers }: ScoringRun,
  item: BenchmarkItem,
): Promise<ItemScores | string> {
  if (!(await isThere(path.join(results, item.output)))) {
    return `${item.key}: there is no result ${item.output}.`;
  }
  try {
    const scored = await benchmark.score(await editOf(item, results), scorers);
    const broken = Object.entries(scored.scores).filter(([, value]) => Number.isNaN(value));
    const isTold = broken.length === 0 || scored.holes.length > 0;
    const names = broken.map(([name]) => name).join(", ");
    return {
      item,
      ...scored,
      holes: isTold ? scored.holes : [`${item.key}: ${names} cannot be computed.`],
    };
  } catch (cause) {
    if (!(cause instanceof EditingError) || lasting.has(cause.code)) throw cause;
    return `${item.key}: ${cause.what}`;
  }
}

/**
 * Scores the results of a benchmark. Items without a result, and items that cannot be scored, are named and left out;
 * the rows say of how many items each score is the mean.
 * Throws: endpoint.unreachable, endpoint.key, endpoint.forbidden: no other item would be judged.
 */
export async function scoreResults(run: ScoringRun): Promise<BenchmarkReport> {
  const { benchmark, opened, concurrency = 1, signal, onProgress } = run;
  const scored: (ItemScores | string)[] = [];
  const left = opened.items.entries();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const [at, item] of left) {
      signal?.throwIfAborted();
      scored[at] = await scoreItem(run, item);
      onProgress?.(++done, opened.items.length);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const items = scored.filter((one) => typeof one !== "string");
  const missing = [...opened.missing, ...scored.filter((one) => typeof one === "string")];
  return { benchmark: benchmark.name, rows: benchmark.aggregate(items), items, missing };
}

/** The report's table as Markdown, with n and the holes of each score. */
export function benchmarkTable({ rows }: BenchmarkReport, { columns }: Benchmark): string {
  const head = [
    "",
    "n",
    ...columns.map(({ name, direction }) => `${name} ${direction === "higher" ? "↑" : "↓"}`),
  ];
  const lines = rows.map(({ group, n, scores, counts }) => [
    group,
    String(n),
    ...columns.map(({ name }) => {
      const score = scores[name];
      if (score === undefined || Number.isNaN(score)) return "–";
      const count = counts[name] ?? n;
      const shown = Number.isFinite(score) ? score.toFixed(3) : "∞";
      return `${shown}${count === n ? "" : ` (n = ${count})`}`;
    }),
  ]);
  const rule = head.map((_, at) => (at === 0 ? "---" : "---:"));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}
