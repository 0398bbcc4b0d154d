import type { MeanEstimate } from "../metrics/bootstrap-mean.ts";
import type { ScoreRow, ScoreTable } from "./score-edits.ts";

/** The table as aligned text, a row a group; means with half the width of their 95 % intervals. */
export function printScores({ all, byOperation, byKind }: ScoreTable): string {
  const head = ["", "edits", "success", "95 % interval", "PSNR in", "out", "SSIM in", "out"];
  if (all.distance !== undefined) head.push("ST-LPIPS");
  const lines = [head, ...[all, ...byOperation, ...byKind].map(toCells)];
  const widths = head.map((_, c) => Math.max(...lines.map((line) => (line[c] ?? "").length)));
  return lines
    .map((line) =>
      line
        .map((cell, c) => (c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0)))
        .join("  "),
    )
    .join("\n");
}

function toCells(row: ScoreRow): readonly string[] {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return [
    row.group,
    String(row.count),
    percent(row.success),
    `${percent(row.interval.low)} to ${percent(row.interval.high)}`,
    `${shown(row.psnrInside, 1)} dB`,
    `${shown(row.psnrOutside, 1)} dB`,
    shown(row.ssimInside, 3),
    shown(row.ssimOutside, 3),
    ...(row.distance === undefined ? [] : [shown(row.distance, 3)]),
  ];
}

function shown({ mean, low, high }: MeanEstimate, digits: number): string {
  return `${mean.toFixed(digits)} ± ${((high - low) / 2).toFixed(digits)}`;
}
