import { smallPictureOf } from "@insightgraph/editing/pictures";

const maxSide = 192;

/** A small WebP of a picture. Throws: where the picture cannot be read. */
export async function makeThumbnail({
  bytes,
}: {
  readonly bytes: Uint8Array;
}): Promise<{ mime: string; bytes: Uint8Array }> {
  return { mime: "image/webp", bytes: await smallPictureOf(bytes, maxSide) };
}
