/**
 * Writes docs/reproducing-the-paper.md: the paper's numbers beside those of an ablation.
 * `insightgraph ablate graphs/ablation-components.json --out DIR && write-paper-page.ts DIR/table.json`
 */
import { readFileSync, writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import type { VariantCell } from "../packages/editing/src/metrics/compare-variants.ts";

/** What of a report is shown. */
interface Table {
  readonly title: string;
  readonly count: number;
  readonly variants: readonly string[];
  readonly metrics: readonly string[];
  readonly cells: readonly VariantCell[];
}

const page = fileURLToPath(new URL("../docs/reproducing-the-paper.md", import.meta.url));

const show = (value: number, digits = 3): string => String(Number(value.toPrecision(digits)));

function cellText({ summary, difference }: VariantCell): string {
  const own = `${show(summary.mean)} (${show(summary.low)} to ${show(summary.high)})`;
  if (difference === undefined) return own;
  return `${own}; p = ${show(difference.correctedPValue, 2)}`;
}

function ourTable({ variants, metrics, cells }: Table): string {
  const line = (texts: readonly string[]): string => `| ${texts.join(" | ")} |\n`;
  const rows = variants.map((variant) => {
    const own = cells.filter((cell) => cell.variant === variant);
    return line([variant, ...own.map(cellText)]);
  });
  return `${line(["variant", ...metrics])}${line(["---", ...metrics.map(() => "---")])}${rows.join("")}`;
}

function pageOf(table: Table): string {
  const meanOf = (variant: string, metric: string): string => {
    const cell = table.cells.find((one) => one.variant === variant && one.metric === metric);
    return cell === undefined ? "–" : `${show(cell.summary.mean, 4)} dB`;
  };
  const psnr = "PSNR inside (dB) ↑";
  return `# The paper's numbers and ours

Written by \`scripts/write-paper-page.ts\` from the table that \`npm start -- ablate graphs/ablation-components.json --count ${table.count}\` makes. The paper is InsightEdit (arXiv:2411.17323).

**Nothing here is comparable in its level.** The paper's model has billions of parameters and edits photographs of 1024 x 1024 pixels. Ours, [insightedit-nano](../packages/models/weights/insightedit-nano/README.md),
has 0.37 million and edits composed scenes of ten objects at 64 x 64. What can be compared is the direction of an ablation: whether a component helps where the paper says that it does.

## Components

| | paper: PSNR | ours: PSNR inside the edit |
| --- | ---: | ---: |
| with the image branch (IAA) | 22.871 dB | ${meanOf("full", psnr)} |
| without | 22.348 dB | ${meanOf("without IAA", psnr)} |

Ours, ${table.count} held-out edits: mean (95 % bootstrap interval); p-values of the difference to "full" on the same edits after Holm's correction for the whole table.

${ourTable(table)}
Each variant was trained once, with one seed, so the intervals cover the choice of edits and not that of the run.

## Not reproduced

| benchmark of the paper | InsightEdit | SmartEdit-7B | here |
| --- | ---: | ---: | --- |
| AdvancedEdit-Eval, VIEScore / CLIPScore | 0.831 / 21.002 | 0.682 / 20.114 | needs the benchmark's photographs, a judge and a model of that size |
| Reason-Edit, VIEScore, understanding / reasoning | 0.934 / 0.947 | | the same |
`;
}

const [, , file] = argv;
if (file === undefined) throw new Error("usage: write-paper-page.ts TABLE.json");
writeFileSync(page, pageOf(JSON.parse(readFileSync(file, "utf8")) as Table));
