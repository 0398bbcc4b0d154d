import type { Mask, Picture } from "./picture.ts";

/** What counts as a change. */
export interface ChangeOptions {
  /** Difference per channel, 0..255, from which a pixel counts as certainly changed. */
  readonly threshold: number;
  /** Smallest number of connected pixels that counts as a change. */
  readonly leastArea: number;
}

/** A pixel next to a changed one counts from this share of the threshold on. */
const lowShare = 0.4;

/** Largest channel difference of each pixel, 0..255. */
function differenceOf(a: Picture, b: Picture): Float32Array {
  return Float32Array.from({ length: a.width * a.height }, (_, pixel) => {
    const apart = (c: number): number =>
      Math.abs((a.data[pixel * 3 + c] ?? 0) - (b.data[pixel * 3 + c] ?? 0));
    return Math.max(apart(0), apart(1), apart(2));
  });
}

/** Mean of the 3 x 3 neighbourhood, so that single noisy pixels do not count. */
function smooth(values: Float32Array, width: number): Float32Array {
  const height = values.length / width;
  return values.map((_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    let [sum, count] = [0, 0];
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        sum += values[row * width + column] ?? 0;
        count++;
      }
    }
    return sum / count;
  });
}

/** The 4-connected region around a pixel in which `isIn` holds. */
function region(
  first: number,
  width: number,
  count: number,
  isIn: (at: number) => boolean,
): number[] {
  const found = [first];
  const seen = new Set(found);
  for (const at of found) {
    const x = at % width;
    const beside = [at - width, at + width, x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1];
    for (const next of beside) {
      if (next < 0 || next >= count || seen.has(next) || !isIn(next)) continue;
      seen.add(next);
      found.push(next);
    }
  }
  return found;
}

/**
 * The mask of where two pictures of one size differ: regions that hold a certain change, with all connected pixels.
 * 255 inside, 0 outside.
 * Source: thresholding with hysteresis, Canny 1986, "A computational approach to edge detection".
 */
export function changeMask(
  source: Picture,
  edited: Picture,
  { threshold, leastArea }: ChangeOptions,
): Mask {
  const { width, height } = source;
  const difference = smooth(differenceOf(source, edited), width);
  const data = new Uint8Array(width * height);
  const isChanged = (at: number): boolean => (difference[at] ?? 0) >= lowShare * threshold;
  for (let at = 0; at < data.length; at++) {
    if (data[at] !== 0 || (difference[at] ?? 0) < threshold) continue;
    const pixels = region(at, width, data.length, isChanged);
    if (pixels.length < leastArea) continue;
    for (const pixel of pixels) data[pixel] = 255;
  }
  return { width, height, data };
}
