/** Names of the nine places, row by row. */
export const placeNames = [
  "top left",
  "top",
  "top right",
  "left",
  "middle",
  "right",
  "bottom left",
  "bottom",
  "bottom right",
] as const;
/** Name of a place in a scene. */
export type PlaceName = (typeof placeNames)[number];

/** A row or column of places; -1 is top or left, 0 the middle, 1 bottom or right. */
export type Third = -1 | 0 | 1;

/** One of the nine places, with its centre. */
export interface Place {
  readonly name: PlaceName;
  readonly column: Third;
  readonly row: Third;
  /** Pixels. */
  readonly x: number;
  readonly y: number;
}

const thirds = [-1, 0, 1] as const;
/** Distance between the centres of neighbouring places, in pixels. */
const step = 39;

/** The nine places, row by row. */
export const places: readonly Place[] = thirds.flatMap((row, r) =>
  thirds.map((column, c) => ({
    name: placeNames[r * 3 + c] ?? "middle",
    column,
    row,
    x: 64 + column * step,
    y: 64 + row * step,
  })),
);

/** The place of a name. */
export function placeAt(name: PlaceName): Place {
  const place = places.find((candidate) => candidate.name === name);
  if (place === undefined) throw new RangeError(`there is no place ${name}`);
  return place;
}
