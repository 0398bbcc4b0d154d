/**
 * Writes docs/reproducing-the-paper.md: the paper's numbers beside those of three ablations.
 * `write-paper-page.ts NANO/table.json INSTRUCTIONS/table.json MINI/table.json`, made by the commands that the page names.
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

function pageOf(table: Table, instructions: Table, mini: Table): string {
  const meanOf = (variant: string, metric: string): string => {
    const cell = table.cells.find((one) => one.variant === variant && one.metric === metric);
    return cell === undefined ? "–" : `${show(cell.summary.mean, 4)} dB`;
  };
  const psnr = "PSNR inside (dB) ↑";
  return `# The paper's numbers and ours

Written by \`scripts/write-paper-page.ts\` from the tables that these commands make. The paper is InsightEdit (arXiv:2411.17323).

\`\`\`sh
npm start -- ablate graphs/ablation-components.json --count ${table.count} --out nano
npm start -- ablate graphs/ablation-instructions.json --count ${instructions.count} --out instructions
npm start -- ablate --variant full --variant "image branch off: imageScale=0" --count ${mini.count} --out mini
npx tsx scripts/write-paper-page.ts nano/table.json instructions/table.json mini/table.json
\`\`\`

**Nothing here is comparable in its level.** The paper's model has billions of parameters and edits photographs of 1024 x 1024 pixels. [insightedit-mini](../packages/models/weights/insightedit-mini/README.md) edits composed scenes of a hundred objects at
128 x 128, [insightedit-nano](../packages/models/weights/insightedit-nano/README.md), of 0.37 million parameters, those of ten objects at 64 x 64. What can be compared is the direction of an ablation: whether a component helps where the paper says that it does.

## The mini

The paper removes a component and trains again. Nobody has trained the mini's variants, so its image branch (IAA) is switched off in the trained model: that tells how much the model relies on the branch, not what it would have learnt without it.
Ours, ${mini.count} held-out edits: mean (95 % bootstrap interval); p-values of the difference to "full" on the same edits after Holm's correction for the whole table. The paper's PSNR is 22.871 dB with the branch and 22.348 dB without.

${ourTable(mini)}
## Components, each trained (nano)

| | paper: PSNR | ours: PSNR inside the edit |
| --- | ---: | ---: |
| with the image branch (IAA) | 22.871 dB | ${meanOf("full", psnr)} |
| without | 22.348 dB | ${meanOf("without IAA", psnr)} |

Ours, ${table.count} held-out edits: mean (95 % bootstrap interval); p-values of the difference to "full" on the same edits after Holm's correction for the whole table.

${ourTable(table)}
## Training instructions, each trained (nano)

The paper adds instructions that have to be understood or reasoned about to those made from templates. Ours, ${instructions.count} held-out edits, of which a third have reasoning instructions: "simple only" saw none in training.
A score of one kind of instruction is missing for edits of the other kind, and paired tests drop them.

${ourTable(instructions)}
Each variant was trained once, with one seed, so the intervals cover the choice of edits and not that of the run.

## Not reproduced

| benchmark of the paper | InsightEdit | SmartEdit-7B | here |
| --- | ---: | ---: | --- |
| AdvancedEdit-Eval, VIEScore / CLIPScore | 0.831 / 21.002 | 0.682 / 20.114 | needs the benchmark's photographs, a judge and a model of that size |
| Reason-Edit, VIEScore, understanding / reasoning | 0.934 / 0.947 | | the same |
`;
}

const [, , nano, instructions, mini] = argv;
if (nano === undefined || instructions === undefined || mini === undefined) {
  const files = "NANO/table.json INSTRUCTIONS/table.json MINI/table.json";
  throw new Error(`usage: write-paper-page.ts ${files}`);
}
const read = (file: string): Table => JSON.parse(readFileSync(file, "utf8"));
writeFileSync(page, pageOf(read(nano), read(instructions), read(mini)));
