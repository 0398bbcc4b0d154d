/** A picture in sRGB, 8 bits per channel, row by row, R, G, B interleaved. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 3;
  readonly data: Uint8Array;
}

/** How strongly each pixel is selected, from 0 (not at all) to 255 (fully), row by row. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
