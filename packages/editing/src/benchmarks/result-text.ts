/** A number as Python's csv module writes it; "nan" for a hole. */
export function pythonNumber(value = Number.NaN): string {
  return String(value).replace("NaN", "nan").replace("Infinity", "inf");
}

/** Rows as CSV, with quotes where a cell needs them. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string =>
    /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => `${row.map(cell).join(",")}\n`).join("");
}

/** The report as JSON: null for a hole, "inf" for the PSNR of equal pictures. */
export function reportJson(report: object): string {
  const told = (_: string, value: unknown): unknown =>
    typeof value !== "number" || Number.isFinite(value)
      ? value
      : Number.isNaN(value)
        ? null
        : "inf";
  return JSON.stringify(report, told, 2);
}
