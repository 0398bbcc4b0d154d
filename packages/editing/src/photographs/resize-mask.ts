import type { Size } from "../pictures/canvas.ts";
import type { Mask } from "../pictures/picture.ts";

/** Scales a mask whose values are 0 and 255, its outline smoothed; every pixel is 0 or 255 again. */
export function resizeMask({ width, height, data }: Mask, to: Size): Mask {
  if (width === to.width && height === to.height) return { width, height, data };
  const scaled = new Uint8Array(to.width * to.height);
  const [stepX, stepY] = [width / to.width, height / to.height];
  for (let y = 0, at = 0; y < to.height; y++) {
    const fromY = Math.max(0, (y + 0.5) * stepY - 0.5);
    const top = Math.min(height - 1, Math.floor(fromY));
    const bottom = Math.min(height - 1, top + 1);
    for (let x = 0; x < to.width; x++, at++) {
      const fromX = Math.max(0, (x + 0.5) * stepX - 0.5);
      const left = Math.min(width - 1, Math.floor(fromX));
      const right = Math.min(width - 1, left + 1);
      const [u, v] = [fromX - left, fromY - top];
      const [upper, lower] = [top * width, bottom * width];
      const above = (data[upper + left] ?? 0) * (1 - u) + (data[upper + right] ?? 0) * u;
      const below = (data[lower + left] ?? 0) * (1 - u) + (data[lower + right] ?? 0) * u;
      scaled[at] = above * (1 - v) + below * v >= 127.5 ? 255 : 0;
    }
  }
  return { ...to, data: scaled };
}
