import sharp from "sharp";

/** Versions and limits of the library that reads and writes pictures. */
export interface PictureLibrary {
  /** Versions of sharp and of libvips, on which it is built. */
  readonly sharp: string;
  readonly libvips: string;
  /** Formats of `image.load` that cannot be read here. */
  readonly unread: readonly string[];
}

/** Asks sharp for its versions and for the formats that it cannot read here. */
export function pictureLibrary(): PictureLibrary {
  const { format, versions } = sharp;
  const read = {
    PNG: format.png,
    JPEG: format.jpeg,
    WebP: format.webp,
    TIFF: format.tiff,
    GIF: format.gif,
    AVIF: format.heif,
  };
  const unread = Object.entries(read).filter(([, { input }]) => !input.buffer);
  return {
    sharp: versions.sharp ?? "unknown",
    libvips: versions.vips,
    unread: unread.map(([name]) => name),
  };
}
