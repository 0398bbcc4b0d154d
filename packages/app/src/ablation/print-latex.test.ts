import { compareVariants } from "@insightgraph/editing/metrics";
import { expect, test } from "vitest";
import { cellsToLatex } from "./print-latex.ts";

const scoresOf = (variant: string, psnr: readonly number[]) => {
  return { variant, scores: new Map([["PSNR (dB) ↑", psnr]]) };
};
const base = Array.from({ length: 12 }, (_, at) => 20 + at / 10);
const options = { samples: 1000, seed: 1 };

test("writes a booktabs table, marks differences, and escapes what LaTeX would read", () => {
  const better = base.map((score) => score + 1);
  const cells = compareVariants(
    [scoresOf("full", base), scoresOf("no_iaa & 50 %", better)],
    options,
  );
  const lines = cellsToLatex(cells, 12).split("\n");
  expect(lines[0]).toMatch(/^% 12 items: .* p < 0\.05 after Holm's correction\.$/);
  expect(lines.slice(2, 6)).toEqual([
    "\\begin{tabular}{lc}",
    "\\toprule",
    "variant & PSNR (dB) $\\uparrow$ \\\\",
    "\\midrule",
  ]);
  expect(lines[6]).toMatch(/^full & 20\.55 \{\\scriptsize \[20\.\d+, 20\.\d+\]\} \\\\$/);
  expect(lines[7]).toMatch(/^no\\_iaa \\& 50 \\% & 21\.55\$\^\{\*\}\$ \{/);
});

test("writes a dash for a hole", () => {
  const nothing = scoresOf("nothing", [Number.NaN]);
  const cells = compareVariants([scoresOf("full", [20]), nothing], options);
  expect(cellsToLatex(cells, 1)).toContain("nothing & -- {\\scriptsize [--, --]} \\\\");
});
