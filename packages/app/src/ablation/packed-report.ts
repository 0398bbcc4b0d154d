import { gunzipSync, gzipSync } from "node:zlib";
import { EngineError } from "@insightgraph/engine/errors";
import { type AblationReport, toReportFile } from "./ablation-report.ts";

const [begin, end] = ["insightgraph-ablation, for replay:", "end of insightgraph-ablation"];
/** TeX reads a whole line into a buffer of its own. */
const lineLength = 100;
const maxBytes = 2 ** 28;

/** The whole report, zipped, as lines that a comment can hold. @param prefix Begins each line. */
export function packReport(report: AblationReport, prefix: string): string {
  const packed = gzipSync(toReportFile(report)).toString("base64");
  const lines = packed.match(new RegExp(`.{1,${lineLength}}`, "g")) ?? [];
  return [begin, ...lines, end].map((line) => `${prefix}${line}\n`).join("");
}

/** The report's file that a table holds as a comment; any other text as it is. Throws: manifest.shape. */
export function unpackReport(text: string): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) return text;
  const packed = text.slice(from + begin.length, to).replace(/[%\s]/g, "");
  try {
    const options = { maxOutputLength: maxBytes };
    return gunzipSync(Buffer.from(packed, "base64"), options).toString("utf8");
  } catch (cause) {
    throw new EngineError("manifest.shape", "the report that the table holds is damaged", {
      hint: "Give the table.json that was written beside it.",
      cause,
    });
  }
}
