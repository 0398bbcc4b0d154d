import type { Size } from "../../pictures/canvas.ts";
import type { Mask } from "../../pictures/picture.ts";

/**
 * A mask of a picture's size from a network's smaller one, interpolated before it is cut at 0.
 * @param share Shares of the logits' sides that show the picture; the rest is padding.
 * Shapes: logits [side, side]
 */
export function maskOfLogits(
  logits: Float32Array,
  side: number,
  { width, height }: Size,
  share: Size,
): Mask {
  const data = new Uint8Array(width * height);
  const at = (x: number, y: number): number =>
    logits[Math.min(y, side - 1) * side + Math.min(x, side - 1)] ?? 0;
  const place = (from: number, of: number, part: number): number =>
    Math.max(0, ((from + 0.5) / of) * part * side - 0.5);
  for (let y = 0; y < height; y++) {
    const down = place(y, height, share.height);
    const top = Math.floor(down);
    for (let x = 0; x < width; x++) {
      const across = place(x, width, share.width);
      const left = Math.floor(across);
      const [u, v] = [across - left, down - top];
      const above = at(left, top) * (1 - u) + at(left + 1, top) * u;
      const below = at(left, top + 1) * (1 - u) + at(left + 1, top + 1) * u;
      data[y * width + x] = above * (1 - v) + below * v > 0 ? 255 : 0;
    }
  }
  return { width, height, data };
}
