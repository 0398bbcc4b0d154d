/** Reads what `metric.columns` wrote: scores by the name of their column; empty cells are NaN. */
export function readScoreColumns(csv: string): ReadonlyMap<string, readonly number[]> {
  const [heads = [], ...rows] = csv
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  const scores = heads.map((name, column) => {
    const numbers = rows.map((cells) => {
      const cell = cells[column] ?? "";
      return cell === "" ? Number.NaN : Number(cell);
    });
    return [name, numbers] as const;
  });
  return new Map(scores);
}
