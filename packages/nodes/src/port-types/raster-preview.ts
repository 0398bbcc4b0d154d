import type { Mask } from "@insightgraph/editing/pictures";
import type { Preview } from "@insightgraph/engine/node";
import sharp from "sharp";

/** Longer side of a preview in pixels; smaller pictures keep their size. */
const previewSide = 512;

/** Encodes 8-bit samples as a PNG of preview size. @param channels Samples of a pixel. */
export async function rasterPreview(
  { width, height, data }: Mask,
  channels: 1 | 3,
): Promise<Preview> {
  const png = await sharp(data, { raw: { width, height, channels } })
    .resize(previewSide, previewSide, { fit: "inside", withoutEnlargement: true })
    .png()
    .toBuffer();
  return { kind: "image", mime: "image/png", base64: png.toString("base64") };
}
