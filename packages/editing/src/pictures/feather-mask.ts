import sharp from "sharp";
import type { Mask } from "./picture.ts";

/** A narrower Gaussian changes no value by more than 1 of 255. */
const minSigma = 0.3;

/** Softens a mask with a Gaussian. @param sigma Standard deviation in pixels; 0 leaves the mask unchanged. */
export async function featherMask(mask: Mask, sigma: number): Promise<Mask> {
  if (sigma < minSigma) return mask;
  const { width, height, data } = mask;
  const soft = await sharp(data, { raw: { width, height, channels: 1 } })
    .blur({ sigma, precision: "float", minAmplitude: 0.01 })
    .toColourspace("b-w")
    .raw()
    .toBuffer();
  return { width, height, data: new Uint8Array(soft) };
}
