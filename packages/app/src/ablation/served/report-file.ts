import path from "node:path";
import type { AblationFile } from "@insightgraph/engine/server";
import type { AblationReport } from "../ablation-report.ts";
import { reportFiles } from "../write-report.ts";
import { placeOf } from "./to-wire.ts";

const mimes: Readonly<Record<string, string>> = {
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".parquet": "application/vnd.apache.parquet",
  ".tex": "application/x-tex; charset=utf-8",
};

/**
 * A report in one of the forms of the command `ablate`, by the name of its file.
 * @param folder Of the ablation, with its pictures.
 * Throws: `ablation.unknown`.
 */
export async function reportFile(
  report: AblationReport,
  name: string,
  folder: string,
): Promise<AblationFile> {
  const names = Object.keys(reportFiles);
  const print = Object.values(reportFiles)[placeOf(names, name, "file")];
  const bytes = await print?.(report, folder);
  return { mime: mimes[path.extname(name)] ?? "", bytes: Buffer.from(bytes ?? "") };
}
