import { requireSize } from "./canvas.ts";
import type { Mask, Picture } from "./picture.ts";

/** Nearest to the middle of the range, which inpainting networks are trained to see where they fill. */
const middleGrey = 128;

/**
 * A picture whose masked part, from 128 on, is middle grey.
 * @param argument Names the mask in errors.
 * Throws: argument.unfit for a mask of another size.
 */
export function hidePart(picture: Picture, mask: Mask, argument: string): Picture {
  requireSize(argument, mask, picture, 'Put "mask.resize" before it, with the picture as "like".');
  const isHidden = (byte: number): boolean => (mask.data[Math.floor(byte / 3)] as number) >= 128;
  const data = picture.data.map((value, byte) => (isHidden(byte) ? middleGrey : value));
  return { ...picture, data };
}
