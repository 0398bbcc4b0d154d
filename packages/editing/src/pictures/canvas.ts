import { unfitArgument } from "../errors.ts";
import type { Mask, Picture } from "./picture.ts";

const maxPixels = 100_000_000;

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A size as error messages write it: `640 x 480 pixels`. */
export function sizeText({ width, height }: Size): string {
  return `${width} x ${height} pixels`;
}

/**
 * Refuses a size that is too large to hold in memory.
 *
 * Throws: argument.unfit, at the argument that sets the size.
 */
export function requireRoom(size: Size, argument: string): void {
  if (size.width * size.height <= maxPixels) return;
  throw unfitArgument(
    argument,
    `the result would have ${sizeText(size)}, over 100 megapixels`,
    "Use a smaller size.",
  );
}

/** Refuses an argument of another size. Throws: argument.unfit. */
export function requireSize(argument: string, found: Size, wanted: Size, hint: string): void {
  if (found.width === wanted.width && found.height === wanted.height) return;
  const what = `it has ${sizeText(found)} instead of ${wanted.width} x ${wanted.height}.`;
  throw unfitArgument(argument, what, hint);
}

/** Refuses pictures of unequal sizes. Throws: argument.unfit at `reference`. */
export function requireSameSize(picture: Size, reference: Size): void {
  const hint = "Resize one of the pictures first, with image.resize.";
  requireSize("reference", reference, picture, hint);
}

/** A picture of one colour. */
export function createCanvas({ width, height }: Size, colour: readonly number[]): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let c = 0; c < 3; c++) {
    const value = colour[c] ?? 0;
    for (let at = c; at < data.length; at += 3) data[at] = value;
  }
  return { width, height, channels: 3, data };
}

/** Copies a picture onto a canvas; it must fit there. */
export function paste(canvas: Picture, picture: Picture, left: number, top: number): void {
  const stride = picture.width * 3;
  for (let y = 0; y < picture.height; y++) {
    const row = picture.data.subarray(y * stride, (y + 1) * stride);
    canvas.data.set(row, ((top + y) * canvas.width + left) * 3);
  }
}

/** A rectangle in pixels. */
export interface Region extends Size {
  readonly left: number;
  readonly top: number;
}

/** Copies a rectangle, which must lie inside the picture. */
export function cut(picture: Picture, { left, top, width, height }: Region): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * picture.width + left) * 3;
    data.set(picture.data.subarray(from, from + width * 3), y * width * 3);
  }
  return { width, height, channels: 3, data };
}

/** The part of a mask inside a rectangle, which must lie within it. */
export function cutMask({ width, data }: Mask, region: Region): Mask {
  const part = new Uint8Array(region.width * region.height);
  for (let y = 0; y < region.height; y++) {
    const from = (region.top + y) * width + region.left;
    part.set(data.subarray(from, from + region.width), y * region.width);
  }
  return { width: region.width, height: region.height, data: part };
}
