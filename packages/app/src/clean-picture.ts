import { decodePicture } from "@insightgraph/editing/pictures";
import sharp from "sharp";

/**
 * An uploaded picture as a PNG of its pixels, exactly those that "Load picture" would give; nothing else
 * of the file is kept.
 * Throws: what `decodePicture` throws.
 */
export async function cleanPicture(bytes: Uint8Array): Promise<Uint8Array> {
  const decoded = await decodePicture(bytes, { path: "the upload", ground: undefined });
  const { width, height, channels, data } = decoded.image;
  const picture = sharp(data, { raw: { width, height, channels } });
  const { mask } = decoded;
  const isOpaque = mask.data.every((opacity) => opacity === 255);
  if (!isOpaque)
    picture.joinChannel(Buffer.from(mask.data), { raw: { width, height, channels: 1 } });
  return picture.png({ compressionLevel: 4 }).toBuffer();
}
