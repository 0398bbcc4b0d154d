import { unfitArgument } from "../errors.ts";
import { requireMask, requireSameSize } from "../photographs/require-mask.ts";
import { resizeMask } from "../photographs/resize-mask.ts";
import { cut, cutMask } from "../pictures/canvas.ts";
import { boxOfMask } from "../pictures/mask-box.ts";
import type { Mask, Picture } from "../pictures/picture.ts";
import { resample } from "../pictures/resample.ts";

/** An object in its own picture. */
export interface CutOut {
  readonly picture: Picture;
  readonly mask: Mask;
}

function boxOf(mask: Mask, argument: string) {
  const box = boxOfMask(mask);
  if (box !== undefined) return box;
  throw unfitArgument(argument, "the mask is empty.", "Give a mask that is white on the object.");
}

/** The part of a picture and its mask within the mask's box, at a size. */
function scaledCutOut({ picture, mask }: CutOut, scale: number) {
  const { left, top, right, bottom } = boxOf(mask, "otherMask");
  const region = { left, top, width: right - left, height: bottom - top };
  const size = {
    width: Math.max(1, Math.round(region.width * scale)),
    height: Math.max(1, Math.round(region.height * scale)),
  };
  const part = resample(cut(picture, region), size, "linear");
  return { part, alpha: resizeMask(cutMask(mask, region), size) };
}

/**
 * Pastes an object of another picture where a mask is: as large as fits its box, on the box's lower edge, in its middle.
 * Light and perspective stay those of the other picture.
 * @returns The picture and where the object is now.
 * Throws: argument.unfit at `mask` or `otherMask` where it is empty or of another size.
 */
export function pasteObject(picture: Picture, place: Mask, other: CutOut): CutOut {
  requireMask(picture, place);
  requireSameSize(other.picture, other.mask, "otherMask");
  const box = boxOf(place, "mask");
  const theirs = boxOf(other.mask, "otherMask");
  const scale = Math.min(
    (box.right - box.left) / (theirs.right - theirs.left),
    (box.bottom - box.top) / (theirs.bottom - theirs.top),
  );
  const { part, alpha } = scaledCutOut(other, scale);
  const left = Math.floor((box.left + box.right - part.width) / 2);
  const top = box.bottom - part.height;
  const data = Uint8Array.from(picture.data);
  const mask = new Uint8Array(place.data.length);
  for (let at = 0; at < alpha.data.length; at++) {
    const opacity = alpha.data[at] as number;
    if (opacity === 0) continue;
    const to = (top + Math.floor(at / part.width)) * picture.width + left + (at % part.width);
    mask[to] = opacity;
    for (let c = 0; c < 3; c++) {
      const below = data[3 * to + c] as number;
      data[3 * to + c] = Math.round(
        below + ((part.data[3 * at + c] as number) - below) * (opacity / 255),
      );
    }
  }
  return { picture: { ...picture, data }, mask: { ...place, data: mask } };
}
