import sharp from "sharp";

const maxSide = 192;

/** A small WebP of a picture. Throws: where the picture cannot be read. */
export async function makeThumbnail({
  bytes,
}: {
  readonly bytes: Uint8Array;
}): Promise<{ mime: string; bytes: Uint8Array }> {
  const picture = sharp(bytes).resize(maxSide, maxSide, {
    fit: "inside",
    withoutEnlargement: true,
  });
  return { mime: "image/webp", bytes: await picture.webp({ quality: 80 }).toBuffer() };
}
