import type { Picture } from "../pictures/picture.ts";
import { resampleAsPillow } from "../pictures/resample.ts";

/** Scales a picture down to a longer side; both sides become multiples of a step in pixels. */
export function fitSides(picture: Picture, step: number, longerSide: number): Picture {
  const scale = Math.min(1, longerSide / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) =>
    Math.max(step, Math.floor(Math.round(side * scale) / step) * step),
  ) as [number, number];
  const isSame = width === picture.width && height === picture.height;
  return isSame ? picture : resampleAsPillow(picture, { width, height }, "lanczos3");
}
