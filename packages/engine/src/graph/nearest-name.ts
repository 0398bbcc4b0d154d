/** Letters to change, add or take out until one is the other; `most` or more stays vague. */
function distance(a: string, b: string, most: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) >= most) return most;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Names that are looked at; more would take too long where many are wrong. */
const MAX_NAMES = 200;

/** @returns the name most like `wrong`, or undefined when none is close. */
export function nearestName(wrong: string, names: readonly string[]): string | undefined {
  if (wrong.length > 60) return undefined;
  const limit = Math.max(2, Math.floor(wrong.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const name of names.slice(0, MAX_NAMES)) {
    if (Math.abs(name.length - wrong.length) >= bestDistance) continue;
    const d = distance(wrong, name, bestDistance);
    if (d < bestDistance) [best, bestDistance] = [name, d];
  }
  return best;
}

/** A hint that lists `names`, led by the one most like `wrong`. */
export function namesHint(wrong: string, names: readonly string[]): string {
  const nearest = nearestName(wrong, names);
  if (nearest !== undefined) return `did you mean "${nearest}"?`;
  if (names.length === 0) return "there are none here; remove it.";
  return `use ${names
    .slice(0, 12)
    .map((name) => `"${name}"`)
    .join(", ")}${names.length > 12 ? ", …" : ""}.`;
}
