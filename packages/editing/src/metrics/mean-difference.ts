import { requireSameSize } from "../pictures/canvas.ts";
import type { Picture } from "../pictures/picture.ts";
import { pixelsIn, type Region } from "./region.ts";

/** How many 8-bit values of a region differ by 0, 1, … 255. */
function countDifferences(
  { data }: Picture,
  { data: other }: Picture,
  selected: Uint8Array,
): Float64Array {
  const counts = new Float64Array(256);
  for (let pixel = 0; pixel < selected.length; pixel++) {
    if (selected[pixel] === 0) continue;
    for (let at = 3 * pixel; at < 3 * pixel + 3; at++) {
      const difference = Math.abs((data[at] as number) - (other[at] as number));
      counts[difference] = (counts[difference] as number) + 1;
    }
  }
  return counts;
}

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
  let [sum, count] = [0, 0];
  countDifferences(picture, reference, pixelsIn(region, picture)).forEach((times, difference) => {
    sum += times * difference ** power;
    count += times;
  });
  return sum / count;
}
