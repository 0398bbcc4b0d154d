/** How many pixels have each value, from 0 to 255, by channel. */
export interface Histogram {
  readonly red: readonly number[];
  readonly green: readonly number[];
  readonly blue: readonly number[];
}

/** Counts the values of a picture; pixels that are wholly transparent do not count. @param rgba four bytes a pixel */
export function countValues(rgba: ArrayLike<number>): Histogram {
  const empty = () => new Array<number>(256).fill(0);
  const counts = { red: empty(), green: empty(), blue: empty() };
  const add = (channel: number[], value = 0) => {
    channel[value] = (channel[value] ?? 0) + 1;
  };
  for (let at = 0; at + 3 < rgba.length; at += 4) {
    if (rgba[at + 3] === 0) continue;
    add(counts.red, rgba[at]);
    add(counts.green, rgba[at + 1]);
    add(counts.blue, rgba[at + 2]);
  }
  return counts;
}

/** A channel as an SVG path, 256 wide and `height` high; heights are square roots, so that small counts show. */
export function histogramPath(counts: readonly number[], height: number): string {
  const most = Math.sqrt(Math.max(1, ...counts));
  const points = counts.map((count, value) => {
    const y = height - (Math.sqrt(count) / most) * height;
    return `L${value} ${y.toFixed(1)}`;
  });
  return `M0 ${height}${points.join("")}L255 ${height}Z`;
}

/** A colour as `#rrggbb`. */
export function toHex(rgb: readonly number[]): string {
  return `#${rgb
    .slice(0, 3)
    .map((value) => value.toString(16).padStart(2, "0"))
    .join("")}`;
}
