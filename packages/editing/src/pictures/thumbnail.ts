import sharp from "sharp";

/** A picture file as a small JPEG. @param side Of the longer side, in pixels. Throws: for bytes that are no picture. */
export async function thumbnailOf(bytes: Uint8Array, side: number): Promise<Uint8Array> {
  return sharp(bytes)
    .autoOrient()
    .resize(side, side, { fit: "inside", withoutEnlargement: true })
    .flatten({ background: "#ffffff" })
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** A picture file as a small WebP, transparency kept. @param side Of the longer side, in pixels. Throws: for bytes that are no picture. */
export async function smallPictureOf(bytes: Uint8Array, side: number): Promise<Uint8Array> {
  return sharp(bytes)
    .autoOrient()
    .resize(side, side, { fit: "inside", withoutEnlargement: true })
    .webp({ quality: 80, effort: 1 })
    .toBuffer();
}

/** The size of a picture file by its header; undefined for bytes that are no picture. */
export async function pictureSize(
  bytes: Uint8Array,
): Promise<{ readonly width: number; readonly height: number } | undefined> {
  return sharp(bytes)
    .metadata()
    .then(
      ({ width, height }) => ({ width, height }),
      () => undefined,
    );
}
