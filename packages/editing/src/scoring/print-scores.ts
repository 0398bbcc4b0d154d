import type { ScoreRow, ScoreTable } from "./score-edits.ts";

/** The table as aligned text, a row a group. */
export function printScores({ all, byOperation, byKind }: ScoreTable): string {
  const head = ["", "edits", "success", "95 % interval", "PSNR in", "out", "SSIM in", "out"];
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
    `${row.psnrInside.toFixed(1)} dB`,
    `${row.psnrOutside.toFixed(1)} dB`,
    row.ssimInside.toFixed(3),
    row.ssimOutside.toFixed(3),
  ];
}
