import type { Mask, Picture } from "../pictures/picture.ts";
import { fromOkLab, type OkLab, toOkLab } from "./ok-lab.ts";
import { requireMask } from "./require-mask.ts";

/** A colour of less chroma than this is grey. */
const greyChroma = 0.03;
/** Of the new colour's lightness, this much is taken; the rest of the object's stays. */
const lightnessShare = 0.6;

function meanColour({ data }: Picture, mask: Mask): OkLab {
  const sums = [0, 0, 0];
  let total = 0;
  for (let at = 0; at < mask.data.length; at++) {
    const weight = mask.data[at] ?? 0;
    if (weight === 0) continue;
    const lab = toOkLab(data[3 * at] ?? 0, data[3 * at + 1] ?? 0, data[3 * at + 2] ?? 0);
    for (let axis = 0; axis < 3; axis++) sums[axis] = (sums[axis] ?? 0) + weight * (lab[axis] ?? 0);
    total += weight;
  }
  const mean = (axis: number): number => (sums[axis] ?? 0) / total;
  return [mean(0), mean(1), mean(2)];
}

/** How much of a colour's chroma a pixel keeps: highlights and pixels that are grey on a coloured object keep little. */
function chromaShare([lightness, a, b]: OkLab, mean: OkLab): number {
  const meanChroma = Math.hypot(mean[1], mean[2]);
  const light = Math.min(1, Math.max(0, (1 - lightness) / 0.15)) * Math.min(1, lightness / 0.15);
  if (meanChroma < greyChroma) return light;
  return light * Math.min(1.3, Math.hypot(a, b) / meanChroma);
}

/**
 * Gives what a mask covers another colour; light and shade stay, in a perceptual colour space.
 * The object's mean lightness moves most of the way to the colour's, the differences around it are kept.
 * Throws: argument.unfit at `mask` where it is empty or of another size.
 */
export function recolour(picture: Picture, mask: Mask, rgb: readonly number[]): Picture {
  requireMask(picture, mask);
  const mean = meanColour(picture, mask);
  const wanted = toOkLab(rgb[0] ?? 0, rgb[1] ?? 0, rgb[2] ?? 0);
  const shift = lightnessShare * (wanted[0] - mean[0]);
  const data = Uint8Array.from(picture.data);
  for (let at = 0; at < mask.data.length; at++) {
    const share = (mask.data[at] ?? 0) / 255;
    if (share === 0) continue;
    const old = [data[3 * at] ?? 0, data[3 * at + 1] ?? 0, data[3 * at + 2] ?? 0] as const;
    const lab = toOkLab(...old);
    const chroma = chromaShare(lab, mean);
    // Black and white stay, what lies between moves.
    const room = 4 * lab[0] * (1 - lab[0]);
    const lightness = Math.min(1, Math.max(0, lab[0] + shift * Math.min(1, room)));
    const painted = fromOkLab([lightness, wanted[1] * chroma, wanted[2] * chroma]);
    for (let c = 0; c < 3; c++) {
      const [from, to] = [old[c] ?? 0, painted[c] ?? 0];
      data[3 * at + c] = Math.round(from + (to - from) * share);
    }
  }
  return { ...picture, data };
}
