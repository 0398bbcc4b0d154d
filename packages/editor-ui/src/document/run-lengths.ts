/** A piece of a column that a mask selects, in px. */
export interface ColumnRun {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/**
 * The selected pieces of a mask from COCO's plain run lengths: of 0 and 1 in turn, down the columns from left to right.
 * Undefined where the text is none, as one that was cut.
 */
export function columnRuns(
  text: string,
): { readonly width: number; readonly height: number; readonly runs: ColumnRun[] } | undefined {
  const code = parse(text);
  if (code === undefined) return undefined;
  const [height, width] = code.size;
  const runs: ColumnRun[] = [];
  let start = 0;
  for (const [at, length] of code.counts.entries()) {
    const end = start + length;
    // A run goes on at the top of the next column.
    for (let from = start; at % 2 === 1 && from < end; ) {
      const x = Math.floor(from / height);
      const to = Math.min(end, (x + 1) * height);
      runs.push({ x, y: from - x * height, height: to - from });
      from = to;
    }
    start = end;
  }
  return { width, height, runs };
}

interface Code {
  readonly size: readonly [height: number, width: number];
  readonly counts: readonly number[];
}

function parse(text: string): Code | undefined {
  try {
    return JSON.parse(text) as Code;
  } catch {
    return undefined;
  }
}
