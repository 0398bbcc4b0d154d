import { existsSync } from "node:fs";
import path from "node:path";
import { writeWhole } from "@insightgraph/editing/files";
import { usageError } from "../parse-arguments.ts";
import { type AblationReport, toReportFile } from "./ablation-report.ts";
import { itemsToParquet } from "./items-parquet.ts";
import { packReport } from "./packed-report.ts";
import { cellsToCsv, itemsToCsv, toMarkdown } from "./print-ablation.ts";
import { reportToHtml } from "./print-html.ts";
import { cellsToLatex } from "./print-latex.ts";
import { pictureItems } from "./report-pictures.ts";

/** The file in which an ablation keeps what it has done. */
export const stateFile = "ablation.sqlite";

/** Items whose pictures the page holds. */
const picturedItems = 60;

/** A report in one form. @param folder Where its pictures are. */
type PrintReport = (
  report: AblationReport,
  folder: string,
) => string | Uint8Array | Promise<string>;

/** How a report is written, by the name of its file. */
export const reportFiles: Readonly<Record<string, PrintReport>> = {
  "items.csv": itemsToCsv,
  "items.parquet": itemsToParquet,
  "table.csv": ({ cells }) => cellsToCsv(cells),
  "table.md": (report) => `${toMarkdown(report)}\n<!--\n${packReport(report, "")}-->\n`,
  "table.tex": (report) =>
    `${cellsToLatex(report.cells, report.items.length)}${packReport(report, "% ")}`,
  "table.json": toReportFile,
  "index.html": async (report, folder) =>
    reportToHtml(report, await pictureItems(report, folder, picturedItems)),
};

/** Throws: `command.usage` where a folder holds tables that no ablation in it has made. */
export function requireFree(folder: string): void {
  if (existsSync(path.join(folder, stateFile))) return;
  const taken = Object.keys(reportFiles).find((name) => existsSync(path.join(folder, name)));
  if (taken === undefined) return;
  throw usageError(
    `${path.join(folder, taken)} is there already`,
    "Add --overwrite to replace it.",
  );
}

/** Writes a report in every form. */
export async function writeReport(report: AblationReport, folder: string): Promise<void> {
  for (const [name, print] of Object.entries(reportFiles)) {
    await writeWhole(path.join(folder, name), await print(report, folder));
  }
}
