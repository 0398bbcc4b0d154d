import { ssim } from "ssim.js";
import type { Picture } from "../pictures/picture.ts";
import type { Region } from "./picture-error.ts";

/** Pixels from the border to the first whole window. */
const margin = 5;

function toImageData({ width, height, data }: Picture) {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) {
    rgba.set(data.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
    rgba[pixel * 4 + 3] = 255;
  }
  return { width, height, data: rgba, colorSpace: "srgb" } as const;
}

/** The index at each pixel that a whole window of 11 x 11 surrounds. */
export interface SimilarityMap {
  /** Mean over one side of a mask [H, W]; NaN where the region holds no such pixel. */
  mean(region: Region): number;
}

/**
 * How alike two pictures are in structure, on their luminance; 1 is equal.
 * Throws: `Error` where sizes differ.
 * Source: Wang et al. 2004, "Image quality assessment: from error visibility to structural similarity".
 */
export function structuralSimilarity(a: Picture, b: Picture): SimilarityMap {
  const options = { ssim: "original", downsample: false } as const;
  const map = ssim(toImageData(a), toImageData(b), options).ssim_map;
  return {
    mean({ mask, side }) {
      let [sum, count] = [0, 0];
      map.data.forEach((value, at) => {
        const x = (at % map.width) + margin;
        const y = Math.floor(at / map.width) + margin;
        if ((mask[y * a.width + x] !== 0) !== (side === "inside")) return;
        sum += value;
        count++;
      });
      return sum / count;
    },
  };
}
