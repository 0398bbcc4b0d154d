import type { Mask, Picture } from "./picture.ts";

/** A mask as a greyscale picture. */
export function toGrey({ width, height, data }: Mask): Picture {
  const grey = new Uint8Array(data.length * 3);
  for (const [pixel, value] of data.entries()) grey.fill(value, pixel * 3, pixel * 3 + 3);
  return { width, height, channels: 3, data: grey };
}

/** A greyscale picture as a mask; reads its red channel. */
export function fromGrey({ width, height, data }: Picture): Mask {
  const mask = new Uint8Array(width * height);
  for (let pixel = 0; pixel < mask.length; pixel++) mask[pixel] = data[pixel * 3] ?? 0;
  return { width, height, data: mask };
}
