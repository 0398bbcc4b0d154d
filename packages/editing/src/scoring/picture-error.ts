import type { Picture } from "../pictures/picture.ts";

/** Which pixels of a picture count: `mask` is 1 inside the edit, one value a pixel. */
export interface Region {
  readonly mask: Uint8Array;
  readonly side: "inside" | "outside";
}

/** A sum of squared differences with the number of its terms. */
export interface SquaredError {
  readonly sum: number;
  /** Values compared: three a pixel. */
  readonly count: number;
}

/**
 * Sum of squared differences of 8-bit values, of the whole picture or of one side of a mask.
 *
 * Shapes: a, b [H, W, 3], mask [H, W]
 *
 * Throws: `RangeError` where sizes differ.
 */
export function squaredError(a: Picture, b: Picture, region?: Region): SquaredError {
  if (a.width !== b.width || a.height !== b.height) {
    throw new RangeError(
      `pictures of ${a.width} x ${a.height} and ${b.width} x ${b.height} cannot be compared`,
    );
  }
  const pixels = a.width * a.height;
  if (region !== undefined && region.mask.length !== pixels) {
    throw new RangeError(`a mask of ${region.mask.length} values does not fit ${pixels} pixels`);
  }
  const isCounted = (pixel: number): boolean =>
    region === undefined || (region.mask[pixel] !== 0) === (region.side === "inside");
  let sum = 0;
  let count = 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    if (!isCounted(pixel)) continue;
    count += 3;
    for (let at = pixel * 3; at < pixel * 3 + 3; at++) {
      sum += ((a.data[at] ?? 0) - (b.data[at] ?? 0)) ** 2;
    }
  }
  return { sum, count };
}

/**
 * Peak signal-to-noise ratio in dB: 10 log10(255^2 / mean squared error).
 *
 * @returns Infinity for equal pixels, NaN where the region holds none.
 */
export function psnr(
  a: Picture,
  b: Picture,
  mask?: Uint8Array,
  side: Region["side"] = "inside",
): number {
  return toDecibels(squaredError(a, b, mask === undefined ? undefined : { mask, side }));
}

/** PSNR of 8-bit values in dB: 10 log10(255^2 / mean squared error). */
export function toDecibels({ sum, count }: SquaredError): number {
  return 10 * Math.log10((255 * 255 * count) / sum);
}
