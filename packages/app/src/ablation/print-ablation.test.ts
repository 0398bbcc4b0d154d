import { parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import { smallReport } from "./ablation-report.fixture.ts";
import { toReportFile } from "./ablation-report.ts";
import { itemsToParquet } from "./items-parquet.ts";
import { cellsToCsv, cellsToMarkdown, itemsToCsv } from "./print-ablation.ts";
import { reportToHtml } from "./print-html.ts";

test("writes items with empty cells for holes, and quotes what CSV would split", () => {
  expect(itemsToCsv(smallReport).split("\n")).toEqual([
    "variant,item,success,PSNR,failure",
    ...["full,x,1,20,", "full,y,1,22,", "full,z,1,24,"],
    ...['"a ""b"", c",x,0,18,', '"a ""b"", c",y,1,,', '"a ""b"", c",z,,,"it, broke"', ""],
  ]);
});

test("Parquet holds the same, with nulls for holes", async () => {
  const file = itemsToParquet(smallReport).buffer as ArrayBuffer;
  const rows = await parquetReadObjects({ file });
  expect(rows).toHaveLength(6);
  expect(rows[0]).toEqual({ variant: "full", item: "x", success: 1, PSNR: 20, failure: null });
  expect(rows[4]).toMatchObject({ variant: 'a "b", c', item: "y", success: 1, PSNR: null });
  expect(rows[5]).toMatchObject({ success: null, PSNR: null, failure: "it, broke" });
});

test("writes a line for each cell, without a difference for the baseline", () => {
  const [heads, first, , , last = ""] = cellsToCsv(smallReport.cells).split("\n");
  expect(heads?.split(",")).toHaveLength(15);
  expect(first).toBe("full,success,1,1,1,3,0,,,,,,,,");
  expect(last).toMatch(/^"a ""b"", c",PSNR,18,18,18,1,2,-2,/);
  expect(last).toMatch(/,wilcoxon,1,1,1,2$/);
});

test("prints a table of variants by metrics that says what its numbers are", () => {
  const text = cellsToMarkdown(smallReport.cells, 3);
  expect(text).toContain("| variant | success | PSNR |");
  expect(text).toContain("18 (18 to 18, 2 missing); -2, p = 1, 2 dropped |");
  expect(text).toContain('3 items. Mean (95 % bootstrap interval); difference to "full"');
  expect(text).toContain("Holm's correction");
});

test("the JSON file holds the manifest and every item", () => {
  const file = JSON.parse(toReportFile(smallReport));
  expect(file).toMatchObject({
    ...{ format: "insightgraph-ablation", version: 1, baseline: "full", count: 3 },
    ...{ correction: "holm", interval: { level: 0.95, samples: 10_000, seed: 1 } },
    manifest: { code: "digest", cells: [{ name: "full" }, { name: 'a "b", c' }] },
  });
  expect(file.items[1].outcomes[1]).toEqual({
    scores: { success: 1, PSNR: null },
    pictures: {},
  });
  expect(file.items[2].outcomes[1]).toEqual({ failure: "it, broke" });
});

test("the page holds its data whole, and no text of it ends the script", () => {
  const title = "</script><script>alert(1)</script> & more";
  const page = reportToHtml({ ...smallReport, title }, []);
  expect(page).toContain("<title>&lt;/script>&lt;script>alert(1)&lt;/script> &amp; more</title>");
  const [, data = ""] =
    /<script type="application\/json" id="report">(.*?)<\/script>/s.exec(page) ?? [];
  expect(JSON.parse(data)).toMatchObject({ title, variants: ["full", 'a "b", c'] });
  expect(page.match(/<script/g)).toHaveLength(2);
});
