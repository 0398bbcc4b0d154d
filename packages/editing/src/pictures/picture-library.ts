import sharp from "sharp";

/** What reads and writes pictures here. */
export interface PictureLibrary {
  /** Versions of sharp and of libvips, which it stands on. */
  readonly sharp: string;
  readonly libvips: string;
  /** Of the formats that `image.load` takes, those that cannot be read. */
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
