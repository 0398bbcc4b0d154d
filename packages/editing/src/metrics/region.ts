import { requireSize, type Size } from "../pictures/canvas.ts";
import type { Mask } from "../pictures/picture.ts";

/** One side of a mask, which is inside where it selects at least half. */
export interface Region {
  readonly mask: Mask;
  readonly side: "inside" | "outside";
}

/** The value from which a mask selects a pixel. */
const half = 128;

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
