/** Edit distance of two names; values from `most` on are not exact. */
function distance(a: string, b: string, most: number): number {
  const row = Uint16Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const code = a.charCodeAt(i - 1);
    let [diagonal, left, least] = [i - 1, i, i];
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const above = row[j] ?? 0;
      const substituted = diagonal + (code === b.charCodeAt(j - 1) ? 0 : 1);
      left = Math.min(substituted, above + 1, left + 1);
      row[j] = left;
      diagonal = above;
      if (left < least) least = left;
    }
    if (least >= most) return most;
  }
  return row[b.length] ?? 0;
}

/** Most names to compare: more would take too long where many are wrong. */
const maxNames = 500;

/** The name most similar to a wrong one; undefined where none is close. */
export function nearestName(wrong: string, names: readonly string[]): string | undefined {
  if (wrong.length > 60) return undefined;
  const limit = Math.max(2, Math.floor(wrong.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const name of names.slice(0, maxNames)) {
    if (Math.abs(name.length - wrong.length) >= bestDistance) continue;
    const d = distance(wrong, name, bestDistance);
    if (d < bestDistance) [best, bestDistance] = [name, d];
  }
  return best;
}

/** Characters by which names are put in order: all of long names would take too long, too. */
const comparedLength = 24;

/** Names by how little their beginnings differ from that of a wrong one, the nearest first. */
export function closestNames(wrong: string, names: readonly string[]): readonly string[] {
  const start = wrong.slice(0, comparedLength);
  return names
    .slice(0, maxNames)
    .map((name) => ({
      name,
      far: distance(start, name.slice(0, comparedLength), Number.POSITIVE_INFINITY),
    }))
    .sort((one, other) => one.far - other.far)
    .map(({ name }) => name);
}

/** A hint for a wrong name: the most similar one, else a list of what there is, the nearest first. */
export function namesHint(wrong: string, names: readonly string[]): string {
  const nearest = nearestName(wrong, names);
  if (nearest !== undefined) return `Did you mean "${nearest}"?`;
  if (names.length === 0) return "There are none here. Remove it.";
  return `Use ${closestNames(wrong, names)
    .slice(0, 12)
    .map((name) => `"${name}"`)
    .join(", ")}${names.length > 12 ? ", …" : ""}.`;
}
