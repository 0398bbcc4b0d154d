import { unfitArgument } from "../errors.ts";
import { type Size, sizeText } from "../pictures/canvas.ts";
import type { Mask, Picture } from "../pictures/picture.ts";

/** One side of a mask, which is inside where it selects at least half. */
export interface Region {
  readonly mask: Mask;
  readonly side: "inside" | "outside";
}

/** The value from which a mask selects a pixel. */
const half = 128;

/** Refuses an argument of another size. Throws: argument.unfit. */
export function requireSize(argument: string, found: Size, wanted: Size, hint: string): void {
  if (found.width === wanted.width && found.height === wanted.height) return;
  const what = `it has ${sizeText(found)} instead of ${wanted.width} x ${wanted.height}.`;
  throw unfitArgument(argument, what, hint);
}

/** Refuses pictures of unequal sizes. Throws: argument.unfit at `reference`. */
export function requireSameSize(picture: Picture, reference: Picture): void {
  const hint = "Resize one of the pictures first, with image.resize.";
  requireSize("reference", reference, picture, hint);
}

/** 1 where a mask selects at least half, else 0. Shapes: [H, W] -> [H, W] */
export function selectedBy({ data }: Mask): Uint8Array {
  return data.map((value) => (value >= half ? 1 : 0));
}

/**
 * 1 at each pixel of a region, else 0; every pixel counts where there is no region.
 * Shapes: -> [H, W]
 * Throws: argument.unfit at `mask` for a mask of another size.
 */
export function pixelsIn(region: Region | undefined, picture: Size): Uint8Array {
  if (region === undefined) return new Uint8Array(picture.width * picture.height).fill(1);
  requireSize("mask", region.mask, picture, "Resize the mask first, with mask.resize.");
  const inside = selectedBy(region.mask);
  return region.side === "inside" ? inside : inside.map((value) => 1 - value);
}
