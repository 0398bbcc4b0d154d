import { compareVariants, type VariantScores } from "@insightgraph/editing/metrics";
import { expect, test } from "vitest";
import { cellsToCsv, cellsToMarkdown, itemsToCsv } from "./print-ablation.ts";
import { readScoreColumns } from "./score-columns.ts";

const variants: readonly [VariantScores, VariantScores] = [
  { variant: "full", scores: readScoreColumns("success,PSNR\n1,20\n1,22\n1,24\n") },
  { variant: 'a "b", c', scores: readScoreColumns("success,PSNR\n0,18\n1,\n0,20\n") },
];
const cells = compareVariants(variants, { samples: 1000, seed: 1 });

test("writes items with empty cells for holes, and quotes what CSV would split", () => {
  expect(itemsToCsv(variants).split("\n")).toEqual([
    "variant,item,success,PSNR",
    ...["full,0,1,20", "full,1,1,22", "full,2,1,24"],
    ...['"a ""b"", c",0,0,18', '"a ""b"", c",1,1,', '"a ""b"", c",2,0,20', ""],
  ]);
});

test("writes a line for each cell, without a difference for the baseline", () => {
  const [heads, first, , , last = ""] = cellsToCsv(cells).split("\n");
  expect(heads?.split(",")).toHaveLength(15);
  expect(first).toBe("full,success,1,1,1,3,0,,,,,,,,");
  expect(last).toMatch(/^"a ""b"", c",PSNR,19,18,20,2,1,-3,/);
  expect(last).toMatch(/,wilcoxon,0\.5,1,2,1$/);
});

test("prints a table of variants by metrics that says what its numbers are", () => {
  const text = cellsToMarkdown(cells, 3);
  expect(text).toContain("| variant | success | PSNR |");
  expect(text).toContain("19 (18 to 20, 1 missing); -3, p = 1, 1 dropped |");
  expect(text).toContain('3 items. Mean (95 % bootstrap interval); difference to "full"');
  expect(text).toContain("Holm's correction");
});
