interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly target: unknown;
}

/** Fields and buttons keep the keys that they use themselves. */
function isTaken({ key, target }: KeyPress): boolean {
  const isIn = (selector: string): boolean =>
    (target as Partial<Element> | null)?.closest?.(selector) != null;
  return isIn("input, select, textarea") || (key === "Enter" && isIn("button"));
}

/** The key of the browser that was pressed, in lower case; `Ctrl+Z` is `u`. Undefined for a key that others take. */
export function keyOf(press: KeyPress): string | undefined {
  const key = press.key.toLowerCase();
  if (press.altKey || isTaken(press)) return undefined;
  if (press.ctrlKey || press.metaKey) return key === "z" ? "u" : undefined;
  return key;
}

interface Place {
  readonly at: number;
  readonly total: number;
  readonly columns: number;
}

const pageRows = 3;

/** Where a key leads from a place in the grid; undefined for a key that leads nowhere. */
export function moveBy(key: string, { at, total, columns }: Place): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    arrowleft: -1,
    arrowright: 1,
    arrowup: -columns,
    arrowdown: columns,
    pageup: -columns * pageRows,
    pagedown: columns * pageRows,
    home: -at,
    end: total - 1 - at,
  };
  const by = steps[key];
  if (by === undefined || total === 0) return undefined;
  return Math.max(0, Math.min(total - 1, at + by));
}
