/** A table that a text holds. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The first Markdown table in a text; undefined where there is none. */
export function findTable(text: string): TextTable | undefined {
  const lines = text.split("\n");
  const rule = lines.findIndex((line, at) => at > 0 && /^\s*\|?(\s*:?-+:?\s*\|)+/.test(line));
  const head = lines[rule - 1];
  if (rule < 1 || head === undefined || !head.includes("|")) return undefined;
  const columns = cellsOf(head);
  const end = lines.findIndex((line, at) => at > rule && !line.includes("|"));
  const body = lines.slice(rule + 1, end < 0 ? undefined : end);
  const rows = body.map((line) => {
    const cells = cellsOf(line);
    return columns.map((_, at) => cells[at] ?? "");
  });
  return { columns, rows };
}

/** Rows in the order of one column: numbers by value, texts by the alphabet. */
export function sortRows(
  rows: TextTable["rows"],
  column: number,
  isDescending: boolean,
): TextTable["rows"] {
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a = "", b = ""] = [one[column], other[column]];
    const [x, y] = [numberIn(a), numberIn(b)];
    if (x !== undefined && y !== undefined) return sign * (x - y);
    return sign * a.localeCompare(b);
  });
}

/** As comma-separated values that spreadsheets read (RFC 4180). */
export function toCsv({ columns, rows }: TextTable): string {
  const line = (cells: readonly string[]) =>
    cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join();
  return `${[columns, ...rows].map(line).join("\r\n")}\r\n`;
}

/** The number that a cell begins with, such as 21.28 of "21.28 (17.29 to 25.64)". */
export function numberIn(cell: string): number | undefined {
  const found = /^\s*([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)/i.exec(cell)?.[1];
  return found === undefined ? undefined : Number(found);
}

function cellsOf(line: string): string[] {
  const inner = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  return inner.split(/(?<!\\)\|/).map((cell) => cell.replaceAll("\\|", "|").trim());
}
