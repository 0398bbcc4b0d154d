import sharp from "sharp";
import type { Mask, Picture } from "./picture.ts";

/** A picture as a PNG, or a mask as one of a single grey channel. */
export async function encodePng(raster: Picture | Mask): Promise<Uint8Array> {
  const { width, height, data } = raster;
  const channels = "channels" in raster ? raster.channels : 1;
  const picture = sharp(data, { raw: { width, height, channels } });
  // Otherwise sharp would write the one channel of a mask three times.
  return (channels === 1 ? picture.toColourspace("b-w") : picture).png().toBuffer();
}
