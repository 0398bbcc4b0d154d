import type { Region, Size } from "../pictures/canvas.ts";
import type { Mask } from "../pictures/picture.ts";

/** A mask within a region as one of the whole picture. */
export function wholeMask(part: Mask, region: Region, { width, height }: Size): Mask {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < region.height; y++) {
    const row = part.data.subarray(y * region.width, (y + 1) * region.width);
    data.set(row, (region.top + y) * width + region.left);
  }
  return { width, height, data };
}
