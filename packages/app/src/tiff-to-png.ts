import { decodePicture } from "@insightgraph/editing/pictures";
import sharp from "sharp";

/** Longer side in pixels of what is shown of a TIFF. */
const maxSide = 2048;

/**
 * Converts a TIFF to a PNG that browsers can show.
 * Throws: what `decodePicture` throws.
 */
export async function tiffToPng(bytes: Uint8Array): Promise<Uint8Array> {
  const { image } = await decodePicture(bytes, { path: "TIFF", ground: undefined });
  const { width, height, channels, data } = image;
  return sharp(data, { raw: { width, height, channels } })
    .resize(maxSide, maxSide, { fit: "inside", withoutEnlargement: true })
    .png()
    .toBuffer();
}
