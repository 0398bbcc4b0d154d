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

/**
 * Refuses a hole so large that nobody could tell from the rest of the picture what is behind it. Plain surroundings,
 * such as a studio's backdrop, fill any hole.
 * @param mostArea Largest share of the picture that is filled where the rest of it is not plain.
 * Throws: argument.unfit at `mask`.
 */
export function requireGuessable(picture: Picture, filled: Mask, mostArea: number): void {
  const share = filled.data.filter((value) => value > 0).length / filled.data.length;
  if (share <= mostArea || share === 1) return;
  if (deviationOutside(picture, filled) < plainDeviation) return;
  throw unfitArgument(
    "mask",
    `the object with its rim takes ${Math.round(100 * share)} % of the picture, and what is behind it cannot be guessed from the rest.`,
    'Remove something smaller, use an inpainting model ("data.inpaint-checkpoint"), or raise mostArea.',
  );
}
