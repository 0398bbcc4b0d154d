import { unfitArgument } from "../errors.ts";
import { type Size, sizeText } from "../pictures/canvas.ts";
import type { Mask } from "../pictures/picture.ts";

/** Refuses a mask of another size. Throws: argument.unfit, at the argument. */
export function requireSameSize(picture: Size, mask: Size, argument: string): void {
  if (mask.width === picture.width && mask.height === picture.height) return;
  const what = `the ${argument} has ${sizeText(mask)} and the picture ${sizeText(picture)}.`;
  throw unfitArgument(argument, what, 'Put "mask.resize" before it, with the picture as "like".');
}

/** Refuses a mask of another size, or one that selects nothing. Throws: argument.unfit at `mask`. */
export function requireMask(picture: Size, mask: Mask): void {
  requireSameSize(picture, mask, "mask");
  if (mask.data.some((value) => value > 0)) return;
  throw unfitArgument("mask", "the mask is empty.", "Give a mask that is white on the object.");
}
