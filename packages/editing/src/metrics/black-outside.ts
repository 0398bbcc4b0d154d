import type { Picture } from "../pictures/picture.ts";
import { pixelsIn, type Region } from "./region.ts";

/** Two pictures to compare, and the part of them that counts. */
export interface ComparedPictures {
  readonly picture: Picture;
  readonly reference: Picture;
  /** @default the whole pictures */
  readonly region?: Region | undefined;
}

function blackOutside(picture: Picture, selected: Uint8Array): Picture {
  const data = picture.data.map((value, at) => value * (selected[Math.floor(at / 3)] ?? 0));
  return { ...picture, data };
}

/**
 * Both pictures, black beyond the region; undefined for an empty region.
 * Throws: argument.unfit at `mask` for a picture of another size.
 * Source: PIE-Bench (arXiv:2310.01506) blackens the same way before every measure of a region.
 */
export function blackBeyond({
  picture,
  reference,
  region,
}: ComparedPictures): readonly [picture: Picture, reference: Picture] | undefined {
  if (region === undefined) return [picture, reference];
  const selected = pixelsIn(region, picture);
  if (!selected.includes(1)) return undefined;
  return [blackOutside(picture, selected), blackOutside(reference, pixelsIn(region, reference))];
}
