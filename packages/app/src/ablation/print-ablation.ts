import type { VariantCell } from "@insightgraph/editing/metrics";
import { type AblationReport, itemLines } from "./ablation-report.ts";

const show = (score: number): string =>
  Number.isNaN(score) ? "–" : String(Number(score.toPrecision(4)));

/** A field of a CSV line, quoted where it must be. */
function field(value: string | number | undefined): string {
  const text = value === undefined || Number.isNaN(value) ? "" : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csvOf(lines: readonly (readonly (string | number | undefined)[])[]): string {
  return lines.map((cells) => `${cells.map(field).join(",")}\n`).join("");
}

/** What every variant gave for every item, a line each; why it failed comes last. */
export function itemsToCsv(report: AblationReport): string {
  const lines = itemLines(report).map(({ variant, item, scores, failure }) => {
    return [variant, item, ...scores, failure];
  });
  return csvOf([["variant", "item", ...report.metrics, "failure"], ...lines]);
}

/** A table's cells, a line each. */
export function cellsToCsv(cells: readonly VariantCell[]): string {
  const heads = [
    ...["variant", "metric", "mean", "low", "high", "count", "holes"],
    ...["difference", "difference_low", "difference_high", "test", "p", "p_holm", "pairs"],
    "dropped",
  ];
  const lines = cells.map(({ variant, metric, summary, difference }) => [
    ...[variant, metric, summary.mean, summary.low, summary.high, summary.count, summary.holes],
    ...[difference?.mean, difference?.low, difference?.high, difference?.test],
    ...[difference?.pValue, difference?.correctedPValue, difference?.pairs, difference?.dropped],
  ]);
  return csvOf([heads, ...lines]);
}

function cellText({ summary, difference }: VariantCell): string {
  const holes = summary.holes === 0 ? "" : `, ${summary.holes} missing`;
  const own = `${show(summary.mean)} (${show(summary.low)} to ${show(summary.high)}${holes})`;
  if (difference === undefined) return own;
  const dropped = difference.dropped === 0 ? "" : `, ${difference.dropped} dropped`;
  const sign = difference.mean > 0 ? "+" : "";
  return `${own}; ${sign}${show(difference.mean)}, p = ${show(difference.correctedPValue)}${dropped}`;
}

/** A table of variants by metrics, with a note that says what its numbers are. */
export function cellsToMarkdown(cells: readonly VariantCell[], count: number): string {
  const variants = [...new Set(cells.map(({ variant }) => variant))];
  const metrics = [...new Set(cells.map(({ metric }) => metric))];
  const rows = variants.map((variant) => {
    const own = cells.filter((cell) => cell.variant === variant).map(cellText);
    return [variant, ...own];
  });
  const head = ["variant", ...metrics];
  const line = (texts: readonly string[]): string => {
    return `| ${texts.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |\n`;
  };
  const rule = line(head.map(() => "---"));
  return `${line(head)}${rule}${rows.map(line).join("")}
${count} items. Mean (95 % bootstrap interval); difference to "${variants[0]}" on the same items, with the p-value of McNemar's exact
test for successes and of Wilcoxon's signed-rank test for other scores, after Holm's correction for all differences of the table.
`;
}

/** The table of a report. */
export function toMarkdown({ cells, items }: AblationReport): string {
  return cellsToMarkdown(cells, items.length);
}
