import type { Mask } from "@insightgraph/editing/pictures";
import type { Preview } from "@insightgraph/engine/node";
import sharp from "sharp";

/** Longer side of a preview in pixels; smaller pictures keep their size. */
const previewSide = 512;

/** Encodes 8-bit samples as a WebP of preview size, without loss where masks need it. @param channels Samples of a pixel. */
export async function rasterPreview(
  { width, height, data }: Mask,
  channels: 1 | 3,
): Promise<Preview> {
  const webp = await sharp(data, { raw: { width, height, channels } })
    .resize(previewSide, previewSide, { fit: "inside", withoutEnlargement: true })
    .webp({ quality: 90, lossless: channels === 1, effort: 2 })
    .toBuffer();
  return { kind: "image", mime: "image/webp", base64: webp.toString("base64") };
}
