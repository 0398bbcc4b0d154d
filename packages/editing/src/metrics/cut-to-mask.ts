import { cut, requireSize } from "../pictures/canvas.ts";
import { boxOfMask } from "../pictures/mask-box.ts";
import type { Mask, Picture } from "../pictures/picture.ts";

/** A picture's part in the box around a mask; undefined for an empty mask. Throws: argument.unfit at `mask`. */
export function cutToMask(picture: Picture, mask: Mask): Picture | undefined {
  requireSize("mask", mask, picture, "Resize the mask first, with mask.resize.");
  const box = boxOfMask(mask);
  if (box === undefined) return undefined;
  const { left, top, right, bottom } = box;
  return cut(picture, { left, top, width: right - left, height: bottom - top });
}
