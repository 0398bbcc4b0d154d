import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { type AblationReport, itemLines } from "./ablation-report.ts";

/** What every variant gave for every item as a Parquet file; a hole is null. */
export function itemsToParquet(report: AblationReport): Uint8Array {
  const lines = itemLines(report);
  const texts = (name: string, data: readonly (string | undefined)[]): ColumnSource => ({
    name,
    data: data.map((text) => text ?? null),
    type: "STRING",
    nullable: true,
  });
  const scores = report.metrics.map((name, at): ColumnSource => {
    const data = lines.map((line) => line.scores[at] ?? Number.NaN);
    const kept = data.map((score) => (Number.isNaN(score) ? null : score));
    return { name, data: kept, type: "DOUBLE", nullable: true };
  });
  const columnData = [
    texts(
      "variant",
      lines.map(({ variant }) => variant),
    ),
    texts(
      "item",
      lines.map(({ item }) => item),
    ),
    ...scores,
    texts(
      "failure",
      lines.map(({ failure }) => failure),
    ),
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
