import sharp from "sharp";

/** Longer side in pixels; what is smaller stays as it is. */
const longestSide = 1024;

/** A TIFF's first picture as a PNG in sRGB that a browser can show, upright and scaled down. */
export function tiffToPng(bytes: Uint8Array): Promise<Uint8Array> {
  return sharp(bytes)
    .autoOrient()
    .resize(longestSide, longestSide, { fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb")
    .png()
    .toBuffer();
}
