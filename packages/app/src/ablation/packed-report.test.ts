import { expect, test } from "vitest";
import { smallReport } from "./ablation-report.fixture.ts";
import { toReportFile } from "./ablation-report.ts";
import { packReport, unpackReport } from "./packed-report.ts";
import { reportFiles } from "./write-report.ts";

test.each(["table.md", "table.tex", "index.html"])(
  "%s holds the whole report for replay",
  async (name) => {
    const text = String(await reportFiles[name]?.(smallReport, "/nowhere"));
    expect(unpackReport(text)).toBe(toReportFile(smallReport));
  },
);

test("a LaTeX table holds it in comments of short lines", async () => {
  const text = String(await reportFiles["table.tex"]?.(smallReport, "/nowhere"));
  const after = text.slice(text.indexOf("\\end{tabular}")).trimEnd().split("\n").slice(1);
  expect(after.length).toBeGreaterThan(3);
  for (const line of after) expect(line).toMatch(/^% .{1,100}$/);
});

test("a text without a report stays as it is, and a damaged one is named", () => {
  expect(unpackReport("| a |")).toBe("| a |");
  const packed = packReport(smallReport, "");
  const [head = "", first = "", ...rest] = packed.split("\n");
  const damaged = [head, first.replace(/.{20}$/, "A".repeat(20)), ...rest].join("\n");
  expect(() => unpackReport(damaged)).toThrow("the report that the table holds is damaged");
});
