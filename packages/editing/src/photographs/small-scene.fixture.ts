import type { Mask, Picture } from "../pictures/picture.ts";

/** A picture from a function of each pixel's place. */
export function painted(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => readonly number[],
): Picture {
  const data = Uint8Array.from(
    { length: 3 * width * height },
    (_, at) => colourAt(Math.floor(at / 3) % width, Math.floor(at / 3 / width))[at % 3] ?? 0,
  );
  return { width, height, channels: 3, data };
}

/** A mask from a claim about each pixel's place. */
export function maskWhere(
  width: number,
  height: number,
  holds: (x: number, y: number) => boolean,
): Mask {
  const data = Uint8Array.from({ length: width * height }, (_, at) =>
    holds(at % width, Math.floor(at / width)) ? 255 : 0,
  );
  return { width, height, data };
}

/** Stripes of two greens, as of a lawn. */
export const lawn = (x: number): readonly number[] => (x % 8 < 4 ? [60, 120, 60] : [90, 160, 80]);

/** Whether a pixel lies in a disc. */
export const inDisc =
  (centreX: number, centreY: number, radius: number) =>
  (x: number, y: number): boolean =>
    Math.hypot(x - centreX, y - centreY) <= radius;
