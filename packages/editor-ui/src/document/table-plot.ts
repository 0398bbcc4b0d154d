import { numberIn, type TextTable } from "./text-table.ts";

/** A value of a table, and where it stands along the other axis. */
export interface PlotPoint {
  readonly at: number | string;
  readonly value: number;
  /** The ends of an interval, where the cell gives one, as in `21.3 (17.3 to 25.6)`. */
  readonly low?: number;
  readonly high?: number;
}

/** What can be drawn of a table: the columns that hold numbers, over its first column. */
export interface TablePlot {
  /** Lines over numbers that grow, such as steps; bars for names. */
  readonly kind: "lines" | "bars";
  readonly axis: string;
  readonly columns: readonly string[];
}

/** How a table is drawn; undefined where it holds nothing to draw. */
export function plotOf({ columns, rows }: TextTable): TablePlot | undefined {
  const [axis] = columns;
  if (axis === undefined || rows.length < 2) return undefined;
  const isNumeric = (column: number) => {
    const cells = rows.map((row) => row[column] ?? "").filter((cell) => cell !== "");
    return cells.length > 1 && cells.every((cell) => numberIn(cell) !== undefined);
  };
  const numeric = columns.filter((_, column) => column > 0 && isNumeric(column));
  if (numeric.length === 0) return undefined;
  return { kind: growsIn(rows) ? "lines" : "bars", axis, columns: numeric };
}

/** The last column that the latest row has a number for: what was written last. */
export function latestColumn({ columns, rows }: TextTable, plot: TablePlot): string {
  const latest = rows.at(-1) ?? [];
  const isWritten = (name: string) => numberIn(latest[columns.indexOf(name)] ?? "") !== undefined;
  return plot.columns.findLast(isWritten) ?? plot.columns[0] ?? "";
}

/** The points of one column; cells without a number have none. */
export function pointsOf({ columns, rows }: TextTable, plot: TablePlot, name: string): PlotPoint[] {
  const column = columns.indexOf(name);
  return rows.flatMap((row) => {
    const cell = row[column] ?? "";
    const value = numberIn(cell);
    const first = row[0] ?? "";
    if (value === undefined) return [];
    const at = plot.kind === "lines" ? Number(first) : first;
    const [, low, high] = /\((\S+) to (\S+)\)/.exec(cell) ?? [];
    const interval = low === undefined ? {} : { low: Number(low), high: Number(high) };
    return [{ at, value, ...interval }];
  });
}

function growsIn(rows: TextTable["rows"]): boolean {
  const firsts = rows.map(([first = ""]) => (first === "" ? Number.NaN : Number(first)));
  return firsts.every((value, at) => at === 0 || value > (firsts[at - 1] ?? 0));
}
