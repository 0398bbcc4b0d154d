import { requireSameSize } from "../pictures/canvas.ts";
import type { Picture } from "../pictures/picture.ts";
import type { Plane } from "./plane.ts";
import { pixelsIn, type Region } from "./region.ts";
import { similarityMeans } from "./similarity-means.ts";

/** Luminance in whole steps of 255. Source: ITU-R BT.601, its weights rounded to 256ths. */
function luminanceOf({ width, height, data }: Picture): Plane {
  const plane = new Float64Array(width * height);
  for (let pixel = 0; pixel < plane.length; pixel++) {
    const at = pixel * 3;
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    plane[pixel] = (77 * red + 150 * green + 29 * blue + 128) >> 8;
  }
  return { width, height, data: plane };
}

/**
 * SSIM of the luminance alone, over the pixels of a region that a whole window surrounds; NaN where there is none.
 * Throws: argument.unfit for unequal sizes.
 * Source: Wang et al. 2004, "Image quality assessment: from error visibility to structural similarity".
 */
export function luminanceSsim(picture: Picture, reference: Picture, region?: Region): number {
  requireSameSize(picture, reference);
  const selected = pixelsIn(region, picture);
  return similarityMeans(luminanceOf(picture), luminanceOf(reference), selected).whole;
}
