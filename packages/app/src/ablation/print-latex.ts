import type { VariantCell } from "@insightgraph/editing/metrics";

/** Below this corrected p-value a difference is marked. */
const markedBelow = 0.05;

const replacements: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "↑": "$\\uparrow$",
  "↓": "$\\downarrow$",
};

/** A text with every character that LaTeX would read as a command written out. */
function escaped(text: string): string {
  return text.replace(/[\\~^↑↓&%$#_{}]/g, (found) => replacements[found] ?? `\\${found}`);
}

const show = (score: number): string =>
  Number.isNaN(score) ? "--" : String(Number(score.toPrecision(4)));

function cellText({ summary: { mean, low, high }, difference }: VariantCell): string {
  const isMarked = difference !== undefined && difference.correctedPValue < markedBelow;
  return `${show(mean)}${isMarked ? "$^{*}$" : ""} {\\scriptsize [${show(low)}, ${show(high)}]}`;
}

/** A table of variants by metrics in booktabs' style, with what its numbers are as a comment. */
export function cellsToLatex(cells: readonly VariantCell[], count: number): string {
  const variants = [...new Set(cells.map(({ variant }) => variant))];
  const metrics = [...new Set(cells.map(({ metric }) => metric))];
  const line = (texts: readonly string[]): string => `${texts.join(" & ")} \\\\\n`;
  const rows = variants.map((variant) => {
    const own = cells.filter((cell) => cell.variant === variant);
    return line([escaped(variant), ...own.map(cellText)]);
  });
  return `% ${count} items: mean [95 % bootstrap interval]; * differs from the first row, p < ${markedBelow} after Holm's correction.
% Needs \\usepackage{booktabs}.
\\begin{tabular}{l${"c".repeat(metrics.length)}}
\\toprule
${line(["variant", ...metrics].map(escaped))}\\midrule
${rows.join("")}\\bottomrule
\\end{tabular}
`;
}
