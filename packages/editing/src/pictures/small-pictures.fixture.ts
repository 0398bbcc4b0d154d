import type { Picture } from "./picture.ts";

/** A picture of one colour. */
export function flat(width: number, height: number, ...rgb: readonly number[]): Picture {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => rgb[at % 3] ?? 0);
  return { width, height, channels: 3, data };
}

/** A grey picture, a row a list. */
export function grey(...rows: readonly (readonly number[])[]): Picture {
  const data = Uint8Array.from(rows.flat().flatMap((value) => [value, value, value]));
  return { width: rows[0]?.length ?? 0, height: rows.length, channels: 3, data };
}

/** Red of each pixel, a row a list. */
export function redRows({ width, height, data }: Picture): number[][] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => data[(y * width + x) * 3] ?? 0),
  );
}
