import { createCanvas, paste, requireRoom } from "./canvas.ts";
import type { Picture } from "./picture.ts";

/** Pixels of a border on each side. */
export interface Borders {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Adds a border of one colour. Throws: argument.unfit at the wider border where the result would be too large. */
export function padPicture(
  picture: Picture,
  { left, top, right, bottom }: Borders,
  colour: readonly number[],
): Picture {
  const size = { width: left + picture.width + right, height: top + picture.height + bottom };
  requireRoom(size, left + right > top + bottom ? "left" : "top");
  const canvas = createCanvas(size, colour);
  paste(canvas, picture, left, top);
  return canvas;
}
