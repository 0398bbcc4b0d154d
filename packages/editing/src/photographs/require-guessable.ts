import { unfitArgument } from "../errors.ts";
import { lumaOf } from "../pictures/luma.ts";
import type { Mask, Picture } from "../pictures/picture.ts";

/** Surroundings are plain where luma, of 0 to 255, deviates less than this from its mean. */
const plainDeviation = 24;

function deviationOutside(picture: Picture, { data: hole }: Mask): number {
  const rest = lumaOf(picture).filter((_, at) => hole[at] === 0);
  const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length;
  return Math.sqrt(rest.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rest.length);
}

/** A hole of this share of a picture leaves little to tell from what was there. */
const muchArea = 0.25;

/**
 * Refuses a hole so large that nobody could tell from the rest of the picture what is behind it. Plain surroundings,
 * such as a studio's backdrop, fill any hole.
 * @param mostArea Largest share of the picture that is filled where the rest of it is not plain.
 * Throws: argument.unfit at `mask`.
 * @returns a sentence where the hole is not refused, but so large that the filling is often wrong
 */
export function requireGuessable(
  picture: Picture,
  filled: Mask,
  mostArea: number,
): string | undefined {
  const share = filled.data.filter((value) => value > 0).length / filled.data.length;
  if (share <= Math.min(muchArea, mostArea) || share === 1) return undefined;
  if (deviationOutside(picture, filled) < plainDeviation) return undefined;
  const percent = Math.round(100 * share);
  if (share <= mostArea) {
    return `What was removed takes ${percent} % of the picture with its rim: what is behind it is guessed from little. Look at the result.`;
  }
  throw unfitArgument(
    "mask",
    `the object with its rim takes ${percent} % of the picture, and what is behind it cannot be guessed from the rest.`,
    'Remove something smaller, use an inpainting model ("data.inpaint-checkpoint"), or raise mostArea.',
  );
}
