import type { Picture } from "../pictures/picture.ts";

/** Pixels that an addition may stand away from the truth's: a third of the way from one named place to the next. */
export const placeFreedom = 13;

/** Pixels between the places that are tried. */
const stride = 2;

/** An edit that adds an object, with its result. */
export interface AddedObject {
  readonly source: Picture;
  readonly target: Picture;
  readonly result: Picture;
  /** 1 where the addition changes the picture. */
  readonly mask: Uint8Array;
}

/**
 * The least share of the source's squared error that is left in the result, over all places that the instruction's
 * words allow: what the truth adds, with its shadow, is compared with the result wherever it may stand, and with the
 * source there. What leaves the picture is not compared.
 */
export function leastErrorLeft(added: AddedObject): number {
  let least = Number.POSITIVE_INFINITY;
  const reach = placeFreedom - (placeFreedom % stride);
  for (let down = -reach; down <= reach; down += stride) {
    for (let across = -reach; across <= reach; across += stride) {
      least = Math.min(least, errorLeft(added, across, down));
    }
  }
  return least;
}

function errorLeft(
  { source, target, result, mask }: AddedObject,
  across: number,
  down: number,
): number {
  const { width, height } = target;
  let [start, left] = [0, 0];
  for (let pixel = 0; pixel < mask.length; pixel++) {
    if (mask[pixel] === 0) continue;
    const x = (pixel % width) + across;
    const y = Math.floor(pixel / width) + down;
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    const at = (y * width + x) * 3;
    for (let c = 0; c < 3; c++) {
      const wanted = target.data[pixel * 3 + c] ?? 0;
      start += ((source.data[at + c] ?? 0) - wanted) ** 2;
      left += ((result.data[at + c] ?? 0) - wanted) ** 2;
    }
  }
  return start === 0 ? Number.POSITIVE_INFINITY : left / start;
}
