/** One line of the table. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The row fails above it. */
  readonly limit?: number;
}

/** Prints a row; what starts the steps reads rows from their output, one JSON object a line. */
export function printRow(row: Row): void {
  // JSON has no infinity, which is how far apart two results can be.
  const value = Number.isFinite(row.value) ? row.value : 1e30;
  console.log(JSON.stringify({ ...row, value }));
}
