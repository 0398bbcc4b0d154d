import { existsSync } from "node:fs";
import path from "node:path";
import { writeWhole } from "@insightgraph/editing/files";
import { usageError } from "../parse-arguments.ts";
import { type AblationReport, toReportFile } from "./ablation-report.ts";
import { itemsToParquet } from "./items-parquet.ts";
import { cellsToCsv, itemsToCsv, toMarkdown } from "./print-ablation.ts";
import { reportToHtml } from "./print-html.ts";
import { cellsToLatex } from "./print-latex.ts";
import { pictureItems } from "./report-pictures.ts";

/** The file in which an ablation keeps what it has done. */
export const stateFile = "ablation.sqlite";

/** Items whose pictures the page holds. */
const picturedItems = 60;

/** How a report is written, by the name of its file. */
const writers = {
  "items.csv": itemsToCsv,
  "items.parquet": itemsToParquet,
  "table.csv": ({ cells }: AblationReport) => cellsToCsv(cells),
  "table.md": toMarkdown,
  "table.tex": ({ cells, items }: AblationReport) => cellsToLatex(cells, items.length),
  "table.json": toReportFile,
} as const;

/** Throws: `command.usage` where a folder holds tables that no ablation in it has made. */
export function requireFree(folder: string): void {
  if (existsSync(path.join(folder, stateFile))) return;
  const taken = [...Object.keys(writers), "index.html"].find((name) =>
    existsSync(path.join(folder, name)),
  );
  if (taken === undefined) return;
  throw usageError(
    `${path.join(folder, taken)} is there already`,
    "Add --overwrite to replace it.",
  );
}

/** Writes a report in every form. */
export async function writeReport(report: AblationReport, folder: string): Promise<void> {
  for (const [name, print] of Object.entries(writers)) {
    await writeWhole(path.join(folder, name), print(report));
  }
  const pictures = await pictureItems(report, folder, picturedItems);
  await writeWhole(path.join(folder, "index.html"), reportToHtml(report, pictures));
}
