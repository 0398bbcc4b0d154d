import type { Picture } from "../pictures/picture.ts";

/** One channel of a picture, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float64Array;
}

/** The three channels, from 0 to 255. */
export function channelsOf({ width, height, data }: Picture): readonly Plane[] {
  return [0, 1, 2].map((channel) => {
    const plane = new Float64Array(width * height);
    for (let at = 0; at < plane.length; at++) plane[at] = data[at * 3 + channel] as number;
    return { width, height, data: plane };
  });
}

/** Means of blocks of 2 x 2; an odd row or column at the end is left out. Shapes: [H, W] -> [H / 2, W / 2] */
export function halve({ width, height, data }: Plane): Plane {
  const [columns, rows] = [Math.floor(width / 2), Math.floor(height / 2)];
  const halved = new Float64Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const at = 2 * y * width + 2 * x;
      const upper = (data[at] as number) + (data[at + 1] as number);
      const lower = (data[at + width] as number) + (data[at + width + 1] as number);
      halved[y * columns + x] = (upper + lower) / 4;
    }
  }
  return { width: columns, height: rows, data: halved };
}

/** The index inside `size` that a place outside mirrors, without repeating the edge. */
function mirrored(at: number, size: number): number {
  if (at < 0) return -at;
  return at < size ? at : 2 * size - 2 - at;
}

/** Adds mirrored rows and columns on each side, without repeating the edge. Shapes: [H, W] -> [H + 2 by, W + 2 by] */
export function reflect({ width, height, data }: Plane, by: number): Plane {
  const [columns, rows] = [width + 2 * by, height + 2 * by];
  const reflected = new Float64Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    const from = mirrored(y - by, height) * width;
    for (let x = 0; x < columns; x++) {
      reflected[y * columns + x] = data[from + mirrored(x - by, width)] as number;
    }
  }
  return { width: columns, height: rows, data: reflected };
}
