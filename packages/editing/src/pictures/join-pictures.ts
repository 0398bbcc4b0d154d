import { createCanvas, paste } from "./canvas.ts";
import type { Picture } from "./picture.ts";

/** Two pictures side by side on white, centred vertically. @param gap Pixels between them. */
export function joinPictures(left: Picture, right: Picture, gap: number): Picture {
  const width = left.width + gap + right.width;
  const height = Math.max(left.height, right.height);
  const canvas = createCanvas({ width, height }, [255, 255, 255]);
  const middle = (picture: Picture): number => Math.floor((height - picture.height) / 2);
  paste(canvas, left, 0, middle(left));
  paste(canvas, right, left.width + gap, middle(right));
  return canvas;
}
