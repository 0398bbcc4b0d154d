import type { Picture } from "./picture.ts";

/** Brightness of each pixel, from 0 to 255. Source: ITU-R BT.601. */
export function lumaOf({ data }: Picture): Float32Array {
  return Float32Array.from({ length: data.length / 3 }, (_, at) => {
    const [red, green, blue] = [data[3 * at], data[3 * at + 1], data[3 * at + 2]];
    return 0.299 * (red ?? 0) + 0.587 * (green ?? 0) + 0.114 * (blue ?? 0);
  });
}
