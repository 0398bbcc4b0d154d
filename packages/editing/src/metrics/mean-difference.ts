import { requireSameSize } from "../pictures/canvas.ts";
import type { Picture } from "../pictures/picture.ts";
import { pixelsIn, type Region } from "./region.ts";

/**
 * Mean over the 8-bit values of a region of a power of their difference; NaN where it holds no pixel.
 * @param power 1 for absolute, 2 for squared differences.
 * Throws: argument.unfit for unequal sizes.
 */
export function meanDifference(
  picture: Picture,
  reference: Picture,
  power: 1 | 2,
  region?: Region,
): number {
  requireSameSize(picture, reference);
  const selected = pixelsIn(region, picture);
  let [sum, count] = [0, 0];
  for (let at = 0; at < picture.data.length; at++) {
    if (selected[Math.floor(at / 3)] === 0) continue;
    const difference = Math.abs((picture.data[at] as number) - (reference.data[at] as number));
    sum += power === 1 ? difference : difference * difference;
    count++;
  }
  return sum / count;
}
